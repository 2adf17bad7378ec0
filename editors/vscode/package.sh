#!/usr/bin/env bash
# Packs the extension: package.sh OUT.vsix. Needs python3 only; a .vsix is a zip with a manifest beside the files.
# Install it with: code --install-extension OUT.vsix
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[[ $# == 1 ]] || { sed -n '2,3s/^# //p' "${BASH_SOURCE[0]}" >&2; exit 2; }
exec python3 - "$here" "$1" << 'PYTHON'
import json
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

here, out = Path(sys.argv[1]), Path(sys.argv[2])
package = json.loads((here / "package.json").read_text())
files = sorted([*here.glob("*.js"), here / "package.json", here / "README.md"])
licence = next((path for path in (here / "LICENSE", here.parent.parent / "LICENSE") if path.is_file()), None)
kinds = {".js": "application/javascript", ".json": "application/json", ".md": "text/markdown", ".txt": "text/plain",
         ".vsixmanifest": "text/xml"}
types = "".join(f'<Default Extension={quoteattr(ending)} ContentType={quoteattr(kind)}/>' for ending, kind in kinds.items())
manifest = f"""<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id={quoteattr(package["name"])} Version={quoteattr(package["version"])} Publisher={quoteattr(package["publisher"])}/>
    <DisplayName>{escape(package["displayName"])}</DisplayName>
    <Description xml:space="preserve">{escape(package["description"])}</Description>
    <Categories>{escape(",".join(package["categories"]))}</Categories>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value={quoteattr(package["engines"]["vscode"])}/>
    </Properties>
    <License>extension/LICENSE.txt</License>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
  <Dependencies/>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE.txt" Addressable="true"/>
  </Assets>
</PackageManifest>
"""
entries = {
    "[Content_Types].xml": f'<?xml version="1.0" encoding="utf-8"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{types}</Types>\n',
    "extension.vsixmanifest": manifest,
    **{f"extension/{path.name}": path.read_text() for path in files},
}
if licence:
    entries["extension/LICENSE.txt"] = licence.read_text()
with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
    for name, text in entries.items():
        # The same bytes whenever it is packed.
        archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
print(f"{out}: {len(entries)} files, {out.stat().st_size} bytes")
PYTHON
