//! `bad-document-url`

use crate::diagnostics::{Folded, Issue, Message, Severity};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// An `image_url` of none of the known forms.
pub struct BadDocumentUrl;

const META: Meta = Meta {
    name: "bad-document-url",
    group: Group::Shape,
    severity: Severity::Error,
    basis: Basis::Format,
    scope: Scope::AML,
    fix: None,
    on_request: false,
    summary: "an `image_url` that is none of the known forms",
    why: "The address is all that ties the labels to their text; in text projects too it is \
        called `image_url`. Without a path in it the text is not found, its spans are not \
        checked, and a conversion has no `location` for the document.",
    example: r#"{"image_url":"docs/1.txt","label":[]}"#,
    remedy: "Write `AmlDatastore://<datastore>/<path>`, with blanks and other characters as \
        they are, since nothing is percent-encoded in this form. Also read are \
        `azureml://subscriptions/…/datastores/<datastore>/paths/<path>`, \
        `azureml://datastores/<datastore>/paths/<path>` and \
        `https://<account>.blob.core.windows.net/<container>/<path>`. A signature after the \
        `?` of the latter is a credential and has no place in a label file; no report prints it.",
    source: "Azure/azureml-assets (commit 4b41f8cc) matches `AmlDatastore://` addresses with a \
        datastore and a path of at least one segment, and the exports of text projects that \
        were examined have no other. The long `azureml://` form is in the image examples of \
        Azure/azureml-examples (commit 085cd6ea). The other two are accepted without an example.",
};

impl Rule for BadDocumentUrl {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        let (member, reason) = all.first.split_once(": ").unwrap_or_default();
        let total = all.total;
        Some(format!("{member} in {total} places: {reason}"))
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        // The address itself is never printed: it may hold a credential.
        let Issue::BadDocumentUrl(reason) = issue else {
            return None;
        };
        let message = format!("`image_url` is no address of a document: {reason}");
        let message = Message::new(message).cause(*reason);
        Some(message.help("write it as `AmlDatastore://<datastore>/<path>`"))
    }
}
