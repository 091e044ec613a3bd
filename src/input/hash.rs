//! A hash of bytes as they are read: XXH3-64, the same on every machine and in every version.

use std::hash::Hasher;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::{Arc, Mutex, PoisonError};

#[cfg(feature = "cli")]
use data_encoding::HEXLOWER;
#[cfg(feature = "cli")]
use sha2::{Digest, Sha256};
use twox_hash::XxHash3_64;

/// The hash of all that can be read.
pub fn hash(input: impl Read) -> io::Result<u64> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let mut hasher = XxHash3_64::new();
    loop {
        let bytes = input.fill_buf()?;
        if bytes.is_empty() {
            return Ok(hasher.finish());
        }
        hasher.write(bytes);
        let count = bytes.len();
        input.consume(count);
    }
}

/// The SHA-256 of all that can be read, in hexadecimal digits.
#[cfg(feature = "cli")]
pub fn sha256(mut input: impl Read) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut chunk = vec![0; 1 << 16];
    loop {
        match input.read(&mut chunk)? {
            0 => return Ok(HEXLOWER.encode(&hasher.finalize())),
            read => hasher.update(&chunk[..read]),
        }
    }
}

/// The hash of what another reads meanwhile.
#[derive(Clone)]
pub struct ReadHash(Arc<Mutex<XxHash3_64>>);

impl ReadHash {
    /// That of nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(XxHash3_64::new())))
    }

    /// Passes on what is read of `input`, and adds it to this hash.
    pub fn of<R: Read>(&self, input: R) -> impl Read + use<R> {
        HashedReader {
            input,
            hash: self.clone(),
        }
    }

    /// The hash of what was read so far.
    #[must_use]
    pub fn so_far(&self) -> u64 {
        let hasher = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        hasher.finish()
    }
}

impl Default for ReadHash {
    fn default() -> Self {
        Self::new()
    }
}

struct HashedReader<R> {
    input: R,
    hash: ReadHash,
}

impl<R: Read> Read for HashedReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        let mut hasher = self.hash.0.lock().unwrap_or_else(PoisonError::into_inner);
        hasher.write(&buffer[..read]);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_has_the_hash_of_what_is_read_at_once() {
        let bytes: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
        let passing = ReadHash::new();
        let mut read = Vec::new();
        passing.of(&bytes[..]).read_to_end(&mut read).unwrap();
        assert!(read == bytes);
        assert_eq!(passing.so_far(), hash(&bytes[..]).unwrap());
        assert_ne!(passing.so_far(), hash(&bytes[1..]).unwrap());
        assert_eq!(ReadHash::new().so_far(), hash(&[][..]).unwrap());
    }
}
