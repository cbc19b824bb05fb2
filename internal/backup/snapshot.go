package backup

import (
	"cmp"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"constancia/internal/record"
)

// Snapshot is a library as it was at one moment.
type Snapshot struct {
	// ID names it within the folder: time, number and the end of the device's id.
	ID string
	// Device made it; Number counts that device's snapshots from 1. They are in the order of their numbers: clocks jump.
	Device  string
	Number  int64
	Time    time.Time
	Program string
	Logs    []Log
	// LeftOut are the files that the library could not give, by SHA-256.
	LeftOut []string
	// Extras are what the caller gave to be kept with it.
	Extras map[string][]byte

	segments []object
	files    []fileObject // by rising SHA-256
	// erased is how many entries had been erased.
	erased int64
	// readme is the SHA-256 of README.txt as it was written with the snapshot: programs have their own.
	readme string
	// unsound says that some entry did not hold when it was copied, so that an earlier copy may be the better one.
	unsound bool
}

// Summary counts what the snapshot holds.
func (s Snapshot) Summary() Summary { return summarise(s.Logs, len(s.files)) }

// File is a content in a snapshot.
type File struct {
	SHA256 string // of its bytes, lower-case hex
	Size   int64  // bytes
}

// Files lists the contents.
func (s Snapshot) Files() []File {
	files := make([]File, len(s.files))
	for i, file := range s.files {
		files[i] = File{file.SHA256, file.Size}
	}
	return files
}

// fileObject is a content and the object that holds it, whose name follows from the SHA-256 and the key. It has no hash
// of the object: one that was damaged can so be written anew, and all snapshots that name it have it back.
type fileObject struct {
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
	// Stored is the size of the object.
	Stored int64 `json:"stored"`
}

func compareFiles(file fileObject, contentSum string) int {
	return strings.Compare(file.SHA256, contentSum)
}

func (f *folder) objectOf(device string, file fileObject) object {
	return object{Name: f.fileName(device, file.SHA256), Size: file.Stored}
}

// manifest is what a snapshot's object says.
type manifest struct {
	Format   int               `json:"format"`
	Device   string            `json:"device"`
	Number   int64             `json:"number"`
	Time     string            `json:"time"`
	Program  string            `json:"program"`
	Logs     []manifestLog     `json:"logs"`
	Readme   string            `json:"readme"` // SHA-256
	Erased   int64             `json:"erased"`
	Unsound  bool              `json:"unsound,omitempty"`
	Segments []object          `json:"segments"`
	Files    []fileObject      `json:"files"`
	LeftOut  []string          `json:"left_out,omitempty"`
	Extras   map[string][]byte `json:"extras,omitempty"`
}

type manifestLog struct {
	Log
	Size int64  `json:"size"`
	Root string `json:"root"` // lower-case hex
}

func (f *folder) fileName(device, contentSum string) string {
	name := f.key.nameOf(contentSum)
	return path.Join(device, "files", name[:2], name+".age")
}

// idOf makes a snapshot's id, which is also the name of its object.
func idOf(device string, number int64, at time.Time) string {
	return fmt.Sprintf("%s-%06d-%s", stamp(at), number, device[len(device)-6:])
}

var snapshotName = regexp.MustCompile(`^[0-9]{8}T[0-9]{6}Z-[0-9]{6,15}-[0-9a-f]{6}\.age$`)

func snapshotPath(device, id string) string { return path.Join(device, "snapshots", id+".age") }

func (s Snapshot) encode() ([]byte, error) {
	m := manifest{
		Format: Format, Device: s.Device, Number: s.Number, Time: s.Time.UTC().Format(record.TimeLayout), Program: s.Program,
		Readme: s.readme, Erased: s.erased, Unsound: s.unsound, Segments: s.segments, Files: s.files, LeftOut: s.LeftOut, Extras: s.Extras,
	}
	for _, log := range s.Logs {
		m.Logs = append(m.Logs, manifestLog{log, log.Tree.Size, hex.EncodeToString(log.Tree.Root[:])})
	}
	return json.Marshal(m)
}

// readSnapshot reads a snapshot's list and refuses with backup_damaged one that is not as this program writes them.
func (f *folder) readSnapshot(device, id string) (Snapshot, error) {
	name := snapshotPath(device, id)
	body, err := f.readMarked(name)
	if err != nil {
		return Snapshot{}, err
	}
	var m manifest
	if err := json.Unmarshal(body, &m); err != nil {
		return Snapshot{}, damaged(err, name)
	}
	s, err := snapshotOf(m)
	if err == nil && (s.Device != device || s.ID != id) {
		err = errors.New("this is the snapshot of another device or time")
	}
	if err != nil {
		return Snapshot{}, damaged(err, name)
	}
	return s, nil
}

func snapshotOf(m manifest) (Snapshot, error) {
	at, err := time.Parse(record.TimeLayout, m.Time)
	if err != nil {
		return Snapshot{}, err
	}
	if m.Format != Format || m.Number < 1 || !deviceName.MatchString(m.Device) {
		return Snapshot{}, errors.New("the snapshot's own figures are not allowed")
	}
	s := Snapshot{
		ID: idOf(m.Device, m.Number, at), Device: m.Device, Number: m.Number, Time: at, Program: m.Program,
		LeftOut: m.LeftOut, Extras: m.Extras, segments: m.Segments, files: m.Files, readme: m.Readme, erased: m.Erased, unsound: m.Unsound,
	}
	for _, log := range m.Logs {
		root, err := hex.DecodeString(log.Root)
		if err != nil || len(root) != 32 || log.Size < 1 {
			return Snapshot{}, fmt.Errorf("the tree of log %q is not allowed", log.ID)
		}
		log.Tree = record.Tree{Size: log.Size, Root: [32]byte(root)}
		s.Logs = append(s.Logs, log.Log)
	}
	for _, segment := range s.segments {
		if !segmentName.MatchString(strings.TrimPrefix(segment.Name, m.Device+"/")) || segment.Size < 1 {
			return Snapshot{}, fmt.Errorf("the name or size of segment %q is not allowed", segment.Name)
		}
	}
	for i, file := range s.files {
		inOrder := i == 0 || s.files[i-1].SHA256 < file.SHA256
		if !inOrder || !contentName.MatchString(file.SHA256) || file.Size < 0 || file.Stored < 1 {
			return Snapshot{}, fmt.Errorf("the name or size of file %q is not allowed", file.SHA256)
		}
	}
	return s, nil
}

var (
	segmentName = regexp.MustCompile(`^segments/[0-9a-f]{32}\.age$`)
	contentName = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// snapshots reads a device's snapshots, the first one first. Those that can't be read are named.
func (f *folder) snapshots(device string) (readable []Snapshot, unreadable []string, err error) {
	names, err := f.names(path.Join(device, "snapshots"))
	if err != nil {
		return nil, nil, err
	}
	for _, name := range names {
		if !snapshotName.MatchString(name) {
			continue
		}
		snapshot, err := f.readSnapshot(device, strings.TrimSuffix(name, ".age"))
		switch {
		case errors.Is(err, errDamaged) || errors.Is(err, errMissing):
			unreadable = append(unreadable, path.Join(device, "snapshots", name))
		case err != nil:
			return nil, nil, err
		default:
			readable = append(readable, snapshot)
		}
	}
	slices.SortFunc(readable, func(a, b Snapshot) int { return cmp.Compare(a.Number, b.Number) })
	return readable, unreadable, nil
}
