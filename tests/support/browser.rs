//! A browser that shows the pages that the program makes, and the scripts that use it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::fixtures::root;
use super::install::{Finished, finished, first_program, install, skipped};

/// What drives the browser, with its exact version. It has no packages below it.
const DRIVER: &str = "playwright-core@1.65.1";

/// How long a script may take.
const LIMIT: Duration = Duration::from_secs(600);

/// A browser, and what drives it.
pub(crate) struct Browser {
    node: PathBuf,
    chromium: PathBuf,
    driver: PathBuf,
}

impl Browser {
    /// The browser of this machine. What is missing is installed where that was asked for.
    ///
    /// `None` where one of its parts cannot be had: a test that needs it is skipped then, and this says so.
    pub(crate) fn find() -> Option<Self> {
        let node = program(&["node", "nodejs"], "Node.js", &["nodejs", "npm"])?;
        let names = [
            "chromium",
            "chromium-browser",
            "google-chrome-stable",
            "google-chrome",
        ];
        let chromium = program(&names, "Chromium", &["chromium"])?;
        let folder = root().join("target/browser");
        let driver = folder.join("node_modules/playwright-core");
        let manifest = || std::fs::read_to_string(driver.join("package.json")).unwrap_or_default();
        let (_, version) = DRIVER.split_once('@')?;
        if !manifest().contains(&format!("\"version\": \"{version}\"")) {
            std::fs::create_dir_all(&folder).ok()?;
            let npm = Path::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
            let args = [
                "install",
                "--no-save",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--prefix",
            ];
            let args = args.map(Path::new).into_iter();
            install(DRIVER, npm, args.chain([&*folder, Path::new(DRIVER)]))?;
        }
        Some(Self {
            node,
            chromium,
            driver,
        })
    }

    /// Runs a script of `tests/browser/` on a folder.
    pub(crate) fn run(&self, script: &str, folder: &Path) -> Finished {
        let script = root().join("tests/browser").join(script);
        let mut command = Command::new(&self.node);
        command
            .arg(script)
            .arg(folder)
            .env("BROWSER_DRIVER", &self.driver)
            .env("BROWSER_PROGRAM", &self.chromium);
        finished(&mut command, LIMIT).unwrap_or_else(|reason| panic!("{reason}"))
    }
}

/// Where the first of some programs lies; Debian's packages are installed where none is there.
fn program(names: &[&str], called: &str, packages: &[&str]) -> Option<PathBuf> {
    if let Some(place) = first_program(names) {
        return Some(place);
    }
    let apt = Path::new("apt-get");
    install(called, apt, ["update"])?;
    let args = ["install", "--yes", "--no-install-recommends"];
    install(called, apt, args.iter().chain(packages))?;
    let found = first_program(names);
    if found.is_none() {
        skipped(&format!("{called} is installed and does not run"));
    }
    found
}
