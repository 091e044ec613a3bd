//! `labelwright page`

use super::help::Guide;
use super::terminal::{Failure, Status, print};

/// What the long help text ends with.
pub(super) const GUIDE: Guide = Guide {
    examples: &[(
        "For colleagues who install nothing",
        "labelwright page > labelwright.html",
    )],
    sections: &[],
};

/// Print the page that checks and converts in a browser
///
/// It is one HTML file that works without a network and sends nothing. Whoever opens it needs a
/// browser and no program.
#[derive(clap::Args)]
pub(super) struct Args {}

/// The page, where the program was built with it.
#[cfg(feature = "page")]
const PAGE: Option<&[u8]> = Some(include_bytes!(env!(
    "LABELWRIGHT_PAGE",
    "the feature `page` needs the full path of the page, which bindings/web/build.sh makes"
)));
#[cfg(not(feature = "page"))]
const PAGE: Option<&[u8]> = None;

pub(super) fn run(_args: &Args) -> Result<Status, Failure> {
    let Some(page) = PAGE else {
        return Err(
            "this program was built without the page. `bindings/web/build.sh` in the sources makes it; \
             a build with `--features page` and its full path in LABELWRIGHT_PAGE holds it"
                .into(),
        );
    };
    print(page)?;
    Ok(Status::Clean)
}
