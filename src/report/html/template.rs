//! Pages from templates, with their style and script.

use std::io;

use data_encoding::BASE64;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::report::numbers::grouped;

pub(super) const STYLE: &str = include_str!("style.css");
pub(super) const SCRIPT: &str = include_str!("script.js");

/// The templates, by name.
const TEMPLATES: [(&str, &str); 7] = [
    ("page.html", include_str!("page.html")),
    ("difference.html", include_str!("difference.html")),
    ("pictures.html", include_str!("pictures.html")),
    ("stats.html", include_str!("stats.html")),
    ("documents.html", include_str!("documents.html")),
    ("scores.html", include_str!("scores.html")),
    ("finding.html", include_str!("finding.html")),
];

/// What a page may load: the style and the scripts that stand in it, and nothing else.
pub(super) fn policy(scripts: &[&str]) -> String {
    let hash = |text: &str| format!("'sha256-{}'", BASE64.encode(&Sha256::digest(text)));
    let scripts: Vec<String> = scripts.iter().map(|script| hash(script)).collect();
    let scripts = if scripts.is_empty() {
        "'none'".to_owned()
    } else {
        scripts.join(" ")
    };
    format!(
        "default-src 'none'; style-src {}; script-src {scripts}; base-uri 'none'; form-action 'none'",
        hash(STYLE),
    )
}

/// Fills a template. What is put into it is escaped, unless the template says that it is safe.
///
/// Fails where `out` does.
pub(super) fn render(name: &str, page: impl Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    let failed = |error: minijinja::Error| io::Error::other(format!("{error:#}"));
    let mut environment = Environment::empty();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_filter("safe", minijinja::filters::safe);
    environment.add_filter("length", minijinja::filters::length);
    environment.add_filter("grouped", grouped);
    for (name, template) in TEMPLATES {
        environment.add_template(name, template).map_err(failed)?;
    }
    let template = environment.get_template(name).map_err(failed)?;
    let rendered = template.render_captured_to(Serde(page), out);
    rendered.map(|_| ()).map_err(failed)
}
