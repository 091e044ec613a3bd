"""Label Studio's own converter: its JSON to CoNLL-2003."""

import shutil
import sys
import tempfile
from pathlib import Path

from label_studio_sdk.converter import Converter

source, target = sys.argv[1:]
LABELS = ["Person", "City", "Organization", "Product", "Event"]
CONFIG = (
    '<View><Labels name="label" toName="text">'
    + "".join(f'<Label value="{label}"/>' for label in LABELS)
    + '</Labels><Text name="text" value="$text"/></View>'
)
with tempfile.TemporaryDirectory() as folder:
    Converter(CONFIG, folder).convert_to_conll2003(source, folder, is_dir=False)
    shutil.move(Path(folder) / "result.conll", target)
