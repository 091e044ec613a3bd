//! Charts as SVG, which the page holds.

use std::fmt::Write;

use serde::Serialize;

use crate::corpus::overview::Lengths;
use crate::report::html::markup::plain;
use crate::report::numbers::grouped;

/// How long texts are, as a picture and in numbers.
#[derive(Serialize)]
pub(super) struct LengthPicture {
    svg: String,
    least: u64,
    most: u64,
    mean: u64,
    limit: u64,
    over: bool,
}

/// A part of a whole.
#[expect(clippy::cast_precision_loss, reason = "counts lie far below 2^53")]
pub(super) fn part(of: u64, all: u64) -> f64 {
    of as f64 / all.max(1) as f64
}

/// How frequent the labels are, with a line below which one is rare. `None` where there are none.
pub(super) fn frequencies(labels: &[(&str, u64)], rare: u64) -> Option<String> {
    const ROW: usize = 22;
    const LEFT: f64 = 180.0;
    const WIDTH: f64 = 520.0;
    const MOST: usize = 40;
    let labels = &labels[..labels.len().min(MOST)];
    let most = labels.iter().map(|label| label.1).max()?.max(1);
    // One label may be a thousand times as frequent as another.
    let place =
        |count: u64| (part(count, 1) + 1.0).log10() / (part(most.max(rare), 1) + 1.0).log10();
    let height = labels.len() * ROW + 24;
    let mut svg = format!(
        "<svg class=\"chart\" viewBox=\"0 0 780 {height}\" role=\"img\" aria-label=\"Instances of \
         each label\">"
    );
    let line = LEFT + place(rare) * WIDTH;
    for (at, (name, count)) in labels.iter().copied().enumerate() {
        let y = at * ROW;
        let width = (place(count) * WIDTH).max(1.0);
        let name = short(name);
        let class = if count < rare { "bar low" } else { "bar" };
        let _ = write!(
            svg,
            "<text class=\"name\" x=\"{}\" y=\"{}\">{}</text><rect class=\"{class}\" x=\"{LEFT}\" \
             y=\"{}\" width=\"{width:.1}\" height=\"14\" rx=\"2\"/><text x=\"{:.1}\" \
             y=\"{}\">{}</text>",
            LEFT - 8.0,
            y + 14,
            plain(&name),
            y + 3,
            LEFT + width + 6.0,
            y + 14,
            count,
        );
    }
    let bottom = labels.len() * ROW + 4;
    let _ = write!(
        svg,
        "<line class=\"limit\" x1=\"{line:.1}\" x2=\"{line:.1}\" y1=\"0\" y2=\"{bottom}\"/><text \
         class=\"limit\" x=\"{line:.1}\" y=\"{}\">rare below {rare}</text></svg>",
        bottom + 14,
    );
    Some(svg)
}

/// The beginning of a name.
fn short(name: &str) -> String {
    const MOST: usize = 24;
    let mut short: String = name.chars().take(MOST).collect();
    if name.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}

/// How long the texts are, with the service's limit. `None` where none was read.
pub(super) fn length_picture(lengths: &Lengths, limit: u64) -> Option<LengthPicture> {
    const WIDTH: f64 = 760.0;
    const HEIGHT: f64 = 120.0;
    const BASE: f64 = 128.0;
    let (least, most) = lengths.extremes?;
    let mut bins = lengths.bins.keys().copied();
    let first = bins.next()?;
    let until = bins.last().unwrap_or(first).max(Lengths::bin(limit)) + 1;
    let tallest = lengths.bins.values().copied().max()?;
    let step = WIDTH / part((until - first) as u64, 1);
    let x = |bin: usize| 10.0 + part((bin - first) as u64, 1) * step;
    let mut svg = String::from(
        "<svg class=\"chart\" viewBox=\"0 0 780 160\" role=\"img\" aria-label=\"Lengths of the \
         texts\">",
    );
    for (bin, count) in &lengths.bins {
        let height = (part(*count, tallest) * HEIGHT).max(2.0);
        let class = if Lengths::least(*bin) > limit {
            "bar low"
        } else {
            "bar"
        };
        let from = Lengths::least(*bin);
        let to = Lengths::least(bin + 1) - 1;
        let _ = write!(
            svg,
            "<rect class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" \
             height=\"{height:.1}\"><title>{count} with {from} to {to}</title></rect>",
            x(*bin),
            BASE - height,
            (step - 2.0).max(1.0),
        );
    }
    for power in 0..12_u32 {
        let at = power as usize * 10;
        if at >= first && at <= until {
            let _ = write!(
                svg,
                "<text class=\"tick\" x=\"{:.1}\" y=\"146\">{}</text>",
                x(at),
                grouped(10_u64.pow(power)),
            );
        }
    }
    let line = x(Lengths::bin(limit).max(first));
    let _ = write!(
        svg,
        "<line class=\"axis\" x1=\"10\" x2=\"770\" y1=\"{BASE}\" y2=\"{BASE}\"/><line \
         class=\"limit\" x1=\"{line:.1}\" x2=\"{line:.1}\" y1=\"4\" y2=\"{BASE}\"/><text \
         class=\"limit end\" x=\"{:.1}\" y=\"14\">limit {}</text></svg>",
        line - 6.0,
        grouped(limit),
    );
    Some(LengthPicture {
        svg,
        least,
        most,
        mean: lengths.sum / lengths.count.max(1),
        limit,
        over: most > limit,
    })
}
