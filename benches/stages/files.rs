//! What the system makes of several threads that write: to one file, each its own ranges, or to a file
//! each.

use std::fmt;
use std::fs::File;
use std::thread;

use divan::Bencher;
use divan::counter::BytesCount;

use super::documents::folder;

/// What a thread writes at a time: about what a batch of 256 KiB becomes in the other format.
const BLOCK: usize = 1 << 19;

/// Blocks in all.
const BLOCKS: usize = 512;

/// So many threads, and whether each has a file of its own.
#[derive(Clone, Copy, Debug)]
struct Writers(usize, bool);

impl fmt::Display for Writers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (s, file) = match self {
            Self(1, _) => ("", "one file"),
            Self(_, false) => ("s", "one file"),
            Self(_, true) => ("s", "a file each"),
        };
        write!(f, "{file}, {} thread{s}", self.0)
    }
}

#[divan::bench(args = [Writers(1, false), Writers(2, false), Writers(2, true)])]
fn written(bencher: Bencher<'_, '_>, writers: Writers) {
    let Writers(threads, apart) = writers;
    let block = vec![b'x'; BLOCK];
    let create = |number: usize| {
        let path = folder().join(format!("written.{number}"));
        File::create(path).expect("a file")
    };
    let bencher = bencher.counter(BytesCount::new(BLOCK * BLOCKS));
    bencher.bench_local(|| {
        let files: Vec<File> = (0..threads).map(create).collect();
        thread::scope(|scope| {
            for thread in 0..threads {
                let (file, block) = (&files[if apart { thread } else { 0 }], &block);
                scope.spawn(move || {
                    for number in (thread..BLOCKS).step_by(threads) {
                        let place = if apart { number / threads } else { number };
                        write_at(file, block, (place * BLOCK) as u64);
                    }
                });
            }
        });
    });
}

#[cfg(unix)]
fn write_at(file: &File, block: &[u8], place: u64) {
    use std::os::unix::fs::FileExt;
    file.write_all_at(block, place).expect("room on the disk");
}

#[cfg(windows)]
fn write_at(file: &File, block: &[u8], place: u64) {
    use std::os::windows::fs::FileExt;
    let written = file.seek_write(block, place).expect("room on the disk");
    assert_eq!(written, block.len());
}
