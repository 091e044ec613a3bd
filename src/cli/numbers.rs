//! Numbers for people.

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
}
