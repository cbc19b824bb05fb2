package bundle

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"hash/crc32"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// otherBundle is a bundle that a program in another language wrote from FORMAT.md alone, right or wrong in one way.
type otherBundle struct {
	Name string `json:"name"`
	// Holds tells whether it holds, ScriptHolds whether what verify.py checks of it does.
	Holds       bool `json:"holds"`
	ScriptHolds bool `json:"script_holds"`
	Files       map[string]struct {
		Text   string `json:"text"`
		Base64 []byte `json:"base64"` // of what is not UTF-8
	} `json:"files"`
}

func readOthers(t testing.TB) (others []otherBundle) {
	t.Helper()
	packed, err := os.Open(filepath.Join("testdata", "others.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = packed.Close() }()
	text, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.NewDecoder(text).Decode(&others); err != nil || len(others) < 300 {
		t.Fatalf("%d bundles, %v", len(others), err)
	}
	return others
}

func (o otherBundle) content(name string) []byte {
	if file := o.Files[name]; file.Base64 != nil {
		return file.Base64
	}
	return []byte(o.Files[name].Text)
}

// zip packs the files as they are: unlike pack it makes no manifest.
func (o otherBundle) zip() []byte {
	var packed, directory bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(o.Files)) {
		content := o.content(name)
		m := member{name: name, size: int64(len(content)), crc: crc32.ChecksumIEEE(content)}
		directory.Write(m.directory(int64(packed.Len())))
		packed.Write(m.local())
		packed.Write(content)
	}
	end := ending(len(o.Files), int64(directory.Len()), int64(packed.Len()))
	return slices.Concat(packed.Bytes(), directory.Bytes(), end)
}

func (o otherBundle) holds(t *testing.T) bool {
	t.Helper()
	packed := o.zip()
	opened, err := Open(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return false
	}
	report, err := opened.Verify(t.Context(), nil)
	return err == nil && len(report.Findings) == 0
}

func TestABundleByAnotherWriterHoldsWhenTheFormatSaysSo(t *testing.T) {
	for _, other := range readOthers(t) {
		if got := other.holds(t); got != other.Holds {
			t.Errorf("%s: holds is %v", other.Name, got)
		}
	}
}

// runScript says of each folder whether the second reader finds that it holds, in one run of Python.
const runScript = `
import contextlib, io, sys
sys.path.insert(0, sys.argv[1])
import reader
for folder in sys.argv[2:]:
    with contextlib.redirect_stdout(io.StringIO()):
        status = reader.main([folder])
    print(status)
`

func TestTheSecondReaderAgreesOnBundlesByAnotherWriter(t *testing.T) {
	others, folders := readOthers(t), []string{}
	for _, other := range others {
		folder := t.TempDir()
		for name := range other.Files {
			path := filepath.Join(folder, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, other.content(name), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		folders = append(folders, folder)
	}
	said, err := exec.Command("python3", slices.Concat([]string{"-I", "-S", "-B", "-c", runScript, filepath.Join("..", "record")}, folders)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	statuses := strings.Fields(string(said))
	if len(statuses) != len(others) {
		t.Fatalf("%d answers for %d bundles: %s", len(statuses), len(others), said)
	}
	for i, other := range others {
		if got := statuses[i] == "0"; got != other.ScriptHolds {
			t.Errorf("%s: holds is %v", other.Name, got)
		}
	}
}
