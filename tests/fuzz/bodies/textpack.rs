//! Text packs.

use std::io::ErrorKind;
use std::path::Path;

use labelwright::internals::input::{Pack, hash};
use labelwright::internals::model::path::unsafe_reason;

use super::source;

/// How many bytes a pack ends with.
const FOOTER: usize = 56;

/// Bytes are refused as a damaged pack, or each name in them is one in its folder, is there once and
/// finds its text, and all bytes of the file are accounted for. So it is once the hashes are those of
/// what stands there.
pub fn textpack(data: &[u8]) {
    judge(data);
    if let Some(mended) = mended(data) {
        judge(&mended);
    }
}

fn judge(data: &[u8]) {
    let pack = match Pack::open(source(data)) {
        Ok(pack) => pack,
        Err(error) => return assert_eq!(error.kind(), ErrorKind::InvalidData, "{error}"),
    };
    let (mut all, mut buffer) = (16 + 8 * pack.folders() as u64 + FOOTER as u64, Vec::new());
    for folder in 0..pack.folders() {
        let mut before: Option<&str> = None;
        for (name, length) in pack.texts(folder) {
            assert_eq!(unsafe_reason(name), None);
            assert!(!Path::new(name).has_root() && !name.split('/').any(|it| it == ".."));
            assert!(
                before.is_none_or(|before| before < name),
                "{before:?}, {name:?}"
            );
            before = Some(name);
            match pack.text(folder, name, &mut buffer) {
                Ok(()) => assert_eq!(buffer.len() as u64, length),
                Err(error) => assert_eq!(error.kind(), ErrorKind::InvalidData, "{error}"),
            }
            all += 24 + length + name.len() as u64;
        }
    }
    assert_eq!(all, data.len() as u64);
}

/// The same bytes as a pack whose last ones are as its index is, so that the index is looked at. `None` of
/// bytes that have no room for any.
fn mended(data: &[u8]) -> Option<Vec<u8>> {
    let mut mended = data.to_vec();
    let from = data.len().checked_sub(FOOTER).filter(|from| *from >= 16)?;
    mended[..16].copy_from_slice(b"\x89LWPACK\n\x01\0\0\0\0\0\0\0");
    let number = |at: usize| {
        let number = data[from + at..from + at + 8].try_into().ok()?;
        usize::try_from(u64::from_le_bytes(number)).ok()
    };
    let (index, folders, texts) = (number(0)?, number(8)?, number(16)?);
    let index = index.clamp(16, from);
    let table = folders
        .checked_mul(8)?
        .checked_add(texts.checked_mul(24)?)?;
    let names = (from - index).checked_sub(table)?;
    let print = hash(&mended[index..from]).ok()?;
    let numbers = [index, folders, texts, names].map(|number| number as u64);
    for (place, number) in numbers.into_iter().chain([print]).enumerate() {
        mended[from + 8 * place..][..8].copy_from_slice(&number.to_le_bytes());
    }
    let print = hash(&mended[from..from + 40]).ok()?;
    mended[from + 40..from + 48].copy_from_slice(&print.to_le_bytes());
    mended[from + 48..].copy_from_slice(b"\x89LWPACK\n");
    Some(mended)
}
