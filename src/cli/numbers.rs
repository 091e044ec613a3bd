//! Numbers for people.

use std::num::NonZeroU64;

use crate::report::grouped;

/// A number of bytes in decimal units, to three digits or so: `448 MB`.
pub(super) fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 4] = [
        (1_000_000_000_000, "TB"),
        (1_000_000_000, "GB"),
        (1_000_000, "MB"),
        (1_000, "kB"),
    ];
    for (unit, name) in UNITS {
        if bytes >= 10 * unit {
            return format!("{} {name}", grouped(bytes / unit));
        }
        if bytes >= unit {
            let tenths = bytes / (unit / 10);
            return format!("{}.{} {name}", tenths / 10, tenths % 10);
        }
    }
    format!("{bytes} B")
}

/// A number of bytes as people write it: `1000000`, `64MB` or `128MiB`.
///
/// Fails where it is none, where it is zero, and where a unit can be read in two ways.
pub(super) fn byte_count(text: &str) -> Result<NonZeroU64, String> {
    const UNITS: [(&str, u64); 10] = [
        ("", 1),
        ("B", 1),
        ("kB", 1_000),
        ("MB", 1_000_000),
        ("GB", 1_000_000_000),
        ("TB", 1_000_000_000_000),
        ("KiB", 1 << 10),
        ("MiB", 1 << 20),
        ("GiB", 1 << 30),
        ("TiB", 1 << 40),
    ];
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let unit = unit.trim_start_matches(' ');
    if let Some(prefix) = ["k", "M", "G", "T"]
        .iter()
        .find(|it| it.eq_ignore_ascii_case(unit))
    {
        let binary = prefix.to_ascii_uppercase();
        return Err(format!(
            "`{unit}` may mean {prefix}B (powers of 1,000) or {binary}iB (powers of 1,024); write one \
             of the two"
        ));
    }
    let unit = UNITS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(unit));
    let number = number.parse::<u64>().ok();
    let (Some(number), Some((_, unit))) = (number, unit) else {
        return Err("it is no number of bytes such as `128MiB`, `64MB` or `1000000`".to_owned());
    };
    let bytes = number.checked_mul(*unit).ok_or("no file is so large")?;
    NonZeroU64::new(bytes).ok_or_else(|| "it must be one byte at least".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        let sizes = [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1.0 kB"),
            (9_999, "9.9 kB"),
            (448_123_456, "448 MB"),
            (2_350_000_000, "2.3 GB"),
            (12_345_000_000_000_000, "12,345 TB"),
        ];
        for (bytes, want) in sizes {
            assert_eq!(size(bytes), want);
        }
    }

    #[test]
    fn numbers_of_bytes() {
        let bytes = |text: &str| byte_count(text).ok().map(NonZeroU64::get);
        for (text, want) in [
            ("1", 1),
            ("1000000", 1_000_000),
            ("7B", 7),
            ("64MB", 64_000_000),
            ("64 mb", 64_000_000),
            ("1kB", 1_000),
            ("1KiB", 1_024),
            ("128MiB", 134_217_728),
            ("2gib", 2_147_483_648),
            ("3TB", 3_000_000_000_000),
            ("1TiB", 1_099_511_627_776),
        ] {
            assert_eq!(bytes(text), Some(want), "{text}");
        }
        for text in [
            "",
            "MB",
            "-1",
            "+1",
            "1.5GB",
            "1e6",
            "1,000",
            "0",
            "0MB",
            "1 M B",
            "1PB",
            "1MBs",
            "18446744073709551616",
            "18446744073709551615kB",
            " 1",
        ] {
            assert_eq!(bytes(text), None, "{text}");
        }
        let why = byte_count("128m").unwrap_err();
        let want =
            "`m` may mean MB (powers of 1,000) or MiB (powers of 1,024); write one of the two";
        assert_eq!(why, want);
    }
}
