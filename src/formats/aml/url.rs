//! `image_url`: where a document's text lies.

use std::borrow::Cow;
use std::ops::Range;

use crate::model::Address;

/// Reads an `image_url`. The error says what is wrong with it; the address is as good as it
/// can be made, or `None` where it names no file at all.
pub(super) fn parse(written: Cow<'_, str>) -> (Option<Address<'_>>, Option<&'static str>) {
    let (datastore, path, fault) = match split(&written) {
        Ok((datastore, path)) => (Some(datastore), path, None),
        Err(fault) => (None, after_scheme(&written), Some(fault)),
    };
    let names_a_file = !path.is_empty() && !written[path.clone()].ends_with('/');
    if !names_a_file {
        return (None, Some(fault.unwrap_or("it names no file")));
    }
    let fault = fault.or_else(|| {
        // A path that begins with a slash is absolute, which is a finding of its own.
        let empty = written[path.clone()].contains("//");
        empty.then_some("its path has an empty segment")
    });
    let address = Address {
        is_composed: written.starts_with("AmlDatastore://"),
        written,
        path,
        container: datastore,
        shortens: true,
    };
    (Some(address), fault)
}

type Parts = (Range<usize>, Range<usize>);

/// Datastore (or container) and path, in bytes of `url`.
fn split(url: &str) -> Result<Parts, &'static str> {
    const DATASTORE: &str = "amldatastore://";
    let scheme = url.get(..DATASTORE.len());
    if scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(DATASTORE)) {
        return datastore_and_path(url, DATASTORE.len(), url.len());
    }
    let lower = url.to_ascii_lowercase();
    if lower.starts_with("azureml://") {
        let store = lower.find("/datastores/").ok_or("it names no datastore")?;
        let store = store + "/datastores/".len();
        let paths = lower[store..]
            .find("/paths/")
            .ok_or("it has no `/paths/`")?;
        let path = store + paths + "/paths/".len();
        return Ok((store..store + paths, path..url.len()));
    }
    if lower.starts_with("https://") || lower.starts_with("http://") {
        // What follows `?` is a signature, or nothing that belongs to the name.
        let end = url.find(['?', '#']).unwrap_or(url.len());
        let host = lower.find("://").map_or(0, |at| at + 3);
        let container = lower[host..end].find('/').ok_or("it names no container")?;
        if !lower[host..host + container].contains(".blob.") {
            return Err("its host is no blob storage");
        }
        return datastore_and_path(url, host + container + 1, end);
    }
    Err("it has none of the forms `AmlDatastore://`, `azureml://` and `https://….blob.…`")
}

fn datastore_and_path(url: &str, start: usize, end: usize) -> Result<Parts, &'static str> {
    let slash = url[start..end].find('/').ok_or("it has no path")?;
    if slash == 0 {
        return Err("it names no datastore");
    }
    Ok((start..start + slash, start + slash + 1..end))
}

/// What comes after `scheme://`, or all of it; without a query.
fn after_scheme(url: &str) -> Range<usize> {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url[start..]
        .find(['?', '#'])
        .map_or(url.len(), |at| start + at);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(url: &str) -> (Option<String>, Option<String>, bool) {
        let (address, fault) = parse(Cow::Borrowed(url));
        let store = address.as_ref().and_then(|address| address.container());
        let path = address.as_ref().map(|address| address.path().to_owned());
        (store.map(str::to_owned), path, fault.is_some())
    }

    fn good(store: &str, path: &str) -> (Option<String>, Option<String>, bool) {
        (Some(store.to_owned()), Some(path.to_owned()), false)
    }

    #[test]
    fn the_known_forms() {
        assert_eq!(
            parts("AmlDatastore://ds/a b/ü%20.txt"),
            good("ds", "a b/ü%20.txt")
        );
        assert_eq!(
            parts("azureml://datastores/ds/paths/a/1.txt"),
            good("ds", "a/1.txt")
        );
        let long = "azureml://subscriptions/1/resourceGroups/r/providers/\
            Microsoft.MachineLearningServices/workspaces/w/dataStores/ds/paths/a/1.txt";
        assert_eq!(parts(long), good("ds", "a/1.txt"));
        let blob = "https://acc.blob.core.windows.net/docs/a/1.txt?sv=1&sig=x%2Fy";
        assert_eq!(parts(blob), good("docs", "a/1.txt"));
    }

    #[test]
    fn one_document_has_many_spellings() {
        let identity = |url: &str| {
            let address = parse(Cow::Borrowed(url)).0.unwrap();
            address.identity().into_owned()
        };
        for url in [
            "AmlDatastore://ds/a/1.txt",
            "amldatastore://ds/a/1.txt",
            "AzureML://datastores/ds/paths/a/1.txt",
        ] {
            assert_eq!(identity(url), "AmlDatastore://ds/a/1.txt", "{url}");
        }
        for url in [
            "https://acc.blob.core.windows.net/c/1.txt?sv=1&sig=x",
            "http://me:pw@ACC.blob.core.windows.net/c/1.txt#part",
        ] {
            let want = "https://acc.blob.core.windows.net/c/1.txt";
            assert_eq!(identity(url), want, "{url}");
        }
        // Another workspace, another account, another case of a name: other documents.
        let long = "azureml://subscriptions/1/workspaces/W/datastores/ds/paths/a/1.txt";
        let lower = "azureml://subscriptions/1/workspaces/w/datastores/ds/a/1.txt";
        assert_eq!(identity(long), lower);
        assert_ne!(
            identity("AmlDatastore://ds/A.txt"),
            identity("AmlDatastore://ds/a.txt")
        );
        assert_eq!(identity("ftp://h/1.txt?sig=x"), "ftp://h/1.txt");
        assert_eq!(identity("docs/1.txt"), "docs/1.txt");
    }

    #[test]
    fn the_others_keep_their_name() {
        assert_eq!(
            parts("docs/1.txt"),
            (None, Some("docs/1.txt".to_owned()), true)
        );
        assert_eq!(
            parts("ftp://h/1.txt"),
            (None, Some("h/1.txt".to_owned()), true)
        );
        assert_eq!(
            parts("AmlDatastore://ds/a//1.txt").1.as_deref(),
            Some("a//1.txt")
        );
        assert!(parts("AmlDatastore://ds/a//1.txt").2);
        for url in [
            "",
            "AmlDatastore://ds/",
            "AmlDatastore://ds/a/",
            "https://h/?sig=1",
        ] {
            assert_eq!(parts(url).1, None, "{url}");
        }
    }
}
