//! The source as a tree of modules: what each file imports, and which file that leads to.

use std::collections::{BTreeMap, BTreeSet};

use super::paths::{end_of_statement, is_registry, leaves_of, path_at};
use super::tokens::{after_group, begins, tokens, without_tests};

/// The source, or a small one that is made up.
#[derive(Default)]
pub(super) struct Tree {
    /// By path from the folder of the source.
    pub(super) files: BTreeMap<String, File>,
    /// By path from the crate, as in `formats::aml`; the crate itself is the empty path.
    modules: BTreeMap<String, Module>,
    /// All paths in the code of all files, and what they lead to.
    pub(super) imports: BTreeSet<Import>,
}

/// A file of the source.
#[derive(Default)]
pub(super) struct File {
    /// How many lines it has, tests included.
    pub(super) lines: usize,
    /// Its tokens without tests.
    pub(super) tokens: Vec<String>,
    /// Whether it is compiled for tests only.
    pub(super) is_test: bool,
    /// Whether it is not compiled at all.
    pub(super) is_forgotten: bool,
    mentions: Vec<Mention>,
}

#[derive(Default)]
struct Module {
    file: String,
    children: BTreeSet<String>,
    /// What is imported under which name.
    names: BTreeMap<String, Vec<String>>,
}

/// A path in the code of a file.
struct Mention {
    module: String,
    path: Vec<String>,
    /// Whether it is an import with `pub`.
    shared: bool,
}

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    /// Something in a file.
    Item(String),
    /// A module as a whole.
    Module(String),
    /// Something of another crate, with its path.
    Outside(String),
}

/// A path in a file, and what it leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Import {
    pub(super) from: String,
    /// The path from the crate, as it is written: names that are handed on are not followed.
    pub(super) path: String,
    pub(super) target: Target,
}

/// How many names that are handed on are followed one after another.
const FAR: usize = 16;

/// Whether a file is one of Rust. Others are put into one of these as they are.
fn has_code(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, ending)| ending == "rs")
}

impl Tree {
    /// The tree of these files: paths and texts.
    pub(super) fn of(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut tree = Self::default();
        let mut declared = BTreeSet::new();
        for (path, text) in files {
            if !has_code(&path) {
                continue;
            }
            let all = tokens(&text);
            let module = module_of(&path);
            let names = all.windows(3).filter(|it| it[0] == "mod" && it[2] == ";");
            declared.extend(names.map(|it| join(&module, &it[1])));
            let file = File {
                lines: text.lines().count(),
                tokens: without_tests(&all),
                ..File::default()
            };
            tree.files.insert(path, file);
        }
        let paths: Vec<String> = tree.files.keys().cloned().collect();
        for path in &paths {
            let module = module_of(path);
            let own = tree.modules.entry(module.clone()).or_default();
            own.file.clone_from(path);
            let tokens = std::mem::take(&mut tree.file(path).tokens);
            let mentions = tree.read(path, &module, &tokens);
            let file = tree.file(path);
            file.tokens = tokens;
            file.mentions = mentions;
        }
        for path in &paths {
            tree.file(path).is_test = !tree.is_compiled(path);
            let module = module_of(path);
            let is_root = matches!(module.as_str(), "" | "main");
            tree.file(path).is_forgotten = !is_root && !declared.contains(&module);
        }
        tree.imports = tree.find_imports();
        tree
    }

    fn file(&mut self, path: &str) -> &mut File {
        self.files.get_mut(path).unwrap()
    }

    /// Whether `mod` leads to a file from the root of the crate, tests apart.
    fn is_compiled(&self, path: &str) -> bool {
        let mut module = module_of(path);
        while !matches!(module.as_str(), "" | "main") {
            let (parent, name) = split(&module);
            let known = self.modules.get(parent);
            if !known.is_some_and(|known| known.children.contains(name)) {
                return false;
            }
            module = parent.to_owned();
        }
        true
    }

    /// Notes the children and names of a file's modules, and finds the paths in its code.
    fn read(&mut self, file: &str, module: &str, tokens: &[String]) -> Vec<Mention> {
        let mut mentions = Vec::new();
        // The modules that braces have opened, and how deep those are.
        let mut inside: Vec<(String, usize)> = vec![(module.to_owned(), 0)];
        let mut depth = 0;
        let mut shared = false;
        let mut at = 0;
        while at < tokens.len() {
            let module = inside.last().unwrap().0.clone();
            let mut mention = |path, shared| {
                mentions.push(Mention {
                    module: module.clone(),
                    path,
                    shared,
                });
            };
            let was_shared = std::mem::take(&mut shared);
            match tokens[at].as_str() {
                "{" => depth += 1,
                "}" => {
                    depth -= 1;
                    inside.retain(|(_, opened)| *opened <= depth);
                }
                "pub" => {
                    shared = true;
                    if begins(tokens, at + 1, &["("]) {
                        at = after_group(tokens, at + 1);
                        continue;
                    }
                }
                "mod" if at + 2 < tokens.len() => {
                    let name = tokens[at + 1].clone();
                    let path = join(&module, &name);
                    let own = self.modules.entry(module).or_default();
                    own.children.insert(name);
                    if tokens[at + 2] == "{" {
                        depth += 1;
                        let inner = self.modules.entry(path.clone()).or_default();
                        file.clone_into(&mut inner.file);
                        inside.push((path, depth));
                    }
                    at += 3;
                    continue;
                }
                "use" if !begins(tokens, at + 1, &["<"]) => {
                    let mut leaves = Vec::new();
                    at = leaves_of(tokens, at + 1, &[], &mut leaves);
                    for (name, path) in leaves {
                        mention(path.clone(), was_shared);
                        let names = &mut self.modules.entry(module.clone()).or_default().names;
                        names.entry(name).or_insert(path);
                    }
                    continue;
                }
                "const" if is_registry(tokens, at + 1) => {
                    at = end_of_statement(tokens, at);
                    continue;
                }
                // As in `#[serde(with = "crate::json::pairs")]`.
                text if text.starts_with("\"crate::") => {
                    let parts = text[1..].split("::");
                    mention(parts.map(str::to_owned).collect(), false);
                }
                _ if begins(tokens, at + 1, &["::"]) => {
                    let path = path_at(tokens, at);
                    at += path.len() * 2 - 1;
                    if path.len() > 1 {
                        mention(path, false);
                    }
                    // `::<` or `::{` may follow.
                    at += usize::from(begins(tokens, at, &["::"]));
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
        mentions
    }

    fn find_imports(&self) -> BTreeSet<Import> {
        let mut imports = BTreeSet::new();
        for (from, file) in self.files.iter().filter(|(_, file)| !file.is_test) {
            for mention in &file.mentions {
                let (path, target) = self.target(&mention.module, &mention.path, 0);
                let own = format!("{}::", mention.module);
                let child = path.starts_with(&own) || mention.module.is_empty();
                // To hand on what a child has is to declare it.
                if !(mention.shared && child) {
                    imports.insert(Import {
                        from: from.clone(),
                        path,
                        target,
                    });
                }
            }
        }
        imports
    }

    /// Which files import which: a file leads to each that has something that it names.
    pub(super) fn edges(&self) -> BTreeSet<(String, String)> {
        let edges = self
            .imports
            .iter()
            .filter_map(|import| match &import.target {
                Target::Item(to) if *to != import.from => Some((import.from.clone(), to.clone())),
                _ => None,
            });
        edges.collect()
    }

    /// The files that a registry names, as `(file, name)`.
    pub(super) fn listed(&self, file: &str, registry: &str) -> BTreeSet<(String, String)> {
        let tokens = &self.files[file].tokens;
        let is_it = |at: &usize| begins(tokens, *at, &["const", registry]);
        let start = (0..tokens.len()).find(is_it).expect("the registry");
        let start = start + tokens[start..].iter().position(|it| it == "=").unwrap();
        let mut listed = BTreeSet::new();
        let mut at = start;
        while at < end_of_statement(tokens, start) {
            if begins(tokens, at + 1, &["::"]) {
                let path = path_at(tokens, at);
                at += path.len() * 2 - 1;
                if let (_, Target::Item(to)) = self.target(&module_of(file), &path, 0) {
                    listed.insert((to, path.last().unwrap().clone()));
                }
            }
            at += 1;
        }
        listed
    }

    /// The names that a module hands on, or uses itself.
    pub(super) fn names(&self, module: &str) -> BTreeSet<&str> {
        let own = self.modules.get(module).into_iter();
        own.flat_map(|own| own.names.keys().map(String::as_str))
            .collect()
    }

    /// What a path in a module leads to; first as it is written, from the crate.
    fn target(&self, module: &str, path: &[String], followed: usize) -> (String, Target) {
        let nothing = Module::default();
        let own = self.modules.get(module).unwrap_or(&nothing);
        let head = path[0].as_str();
        let mut base = module.to_owned();
        let mut rest = path;
        match head {
            "crate" | "labelwright" => {
                base.clear();
                rest = &path[1..];
            }
            "self" => rest = &path[1..],
            "super" => {
                while let Some(("super", more)) = rest.split_first().map(|(a, b)| (a.as_str(), b)) {
                    let (parent, _) = split(&base);
                    base.truncate(parent.len());
                    rest = more;
                }
            }
            _ if own.children.contains(head) && path.len() > 1 => {}
            _ if own.names.contains_key(head) && followed < FAR => {
                let mut whole = own.names[head].clone();
                // An import of something by its own name is of another crate.
                if whole[0] == head && !own.children.contains(head) {
                    whole.extend_from_slice(&path[1..]);
                    return outside(&whole);
                }
                whole.extend_from_slice(&path[1..]);
                return self.target(module, &whole, followed + 1);
            }
            _ if own.children.contains(head) => {}
            _ => return outside(path),
        }
        let written = rest.iter().fold(base.clone(), |all, part| join(&all, part));
        let target = self.walk(base, rest, followed);
        (written, target)
    }

    fn walk(&self, mut module: String, mut rest: &[String], followed: usize) -> Target {
        let nothing = Module::default();
        while let Some((head, more)) = rest.split_first() {
            let own = self.modules.get(&module).unwrap_or(&nothing);
            let name = own.names.get(head).filter(|_| followed < FAR);
            if own.children.contains(head) && (name.is_none() || !more.is_empty()) {
                module = join(&module, head);
                rest = more;
            } else if let Some(name) = name {
                let mut whole = name.clone();
                whole.extend_from_slice(more);
                return self.target(&module, &whole, followed + 1).1;
            } else {
                return Target::Item(own.file.clone());
            }
        }
        Target::Module(module)
    }
}

fn outside(path: &[String]) -> (String, Target) {
    let path = path.join("::");
    (path.clone(), Target::Outside(path))
}

/// The module that a file holds.
pub(super) fn module_of(path: &str) -> String {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    let path = if path == "lib" { "" } else { path };
    path.replace('/', "::")
}

fn join(module: &str, name: &str) -> String {
    if module.is_empty() {
        name.to_owned()
    } else {
        format!("{module}::{name}")
    }
}

/// The module around a module, and the name there.
fn split(module: &str) -> (&str, &str) {
    module.rsplit_once("::").unwrap_or(("", module))
}
