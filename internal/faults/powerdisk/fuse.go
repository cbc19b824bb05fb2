//go:build linux

package powerdisk

import (
	"maps"
	"os"
	"slices"
	"syscall"

	"github.com/hanwen/go-fuse/v2/fuse"
)

// fileSystem answers the kernel. Nobody but the kernel changes the disk, so that it may remember all it was told.
type fileSystem struct {
	fuse.RawFileSystem
	*Disk
}

const forLong = 3600 // seconds

// exchange is RENAME_EXCHANGE of renameat2(2).
const exchange = 2

func (s *fileSystem) String() string { return "powerdisk" }

func (s *fileSystem) Init(*fuse.Server) {}

// at gives a node, and whether there is power to read it.
func (s *fileSystem) at(id uint64) (*node, fuse.Status) {
	if s.off {
		return nil, fuse.EIO
	}
	n, ok := s.nodes[id]
	if !ok {
		return nil, fuse.ENOENT
	}
	return n, fuse.OK
}

// changing gives a node that is about to be changed.
func (s *fileSystem) changing(id uint64) (*node, fuse.Status) {
	if !s.step() {
		return nil, fuse.EIO
	}
	return s.at(id)
}

func (n *node) describe(a *fuse.Attr) {
	a.Ino, a.Mode, a.Nlink, a.Blksize = n.id, n.mode, 1, 4096
	a.Size = uint64(len(n.bytes))
	a.Blocks = (a.Size + sector - 1) / sector
	a.Uid, a.Gid = uint32(os.Getuid()), uint32(os.Getgid())
}

func (n *node) enter(out *fuse.EntryOut) {
	out.NodeId, out.EntryValid, out.AttrValid = n.id, forLong, forLong
	n.describe(&out.Attr)
}

func (s *fileSystem) Lookup(_ <-chan struct{}, header *fuse.InHeader, name string, out *fuse.EntryOut) fuse.Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	folder, status := s.at(header.NodeId)
	if !status.Ok() {
		return status
	}
	child, ok := folder.names[name]
	if !ok {
		return fuse.ENOENT
	}
	child.enter(out)
	return fuse.OK
}

func (s *fileSystem) GetAttr(_ <-chan struct{}, in *fuse.GetAttrIn, out *fuse.AttrOut) fuse.Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, status := s.at(in.NodeId)
	if status.Ok() {
		out.AttrValid = forLong
		n.describe(&out.Attr)
	}
	return status
}

func (s *fileSystem) SetAttr(_ <-chan struct{}, in *fuse.SetAttrIn, out *fuse.AttrOut) fuse.Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, status := s.changing(in.NodeId)
	if !status.Ok() {
		return status
	}
	if size, ok := in.GetSize(); ok {
		n.write(change{size: int64(size)})
	}
	if mode, ok := in.GetMode(); ok {
		n.mode = n.mode&syscall.S_IFMT | mode&0o7777
	}
	out.AttrValid = forLong
	n.describe(&out.Attr)
	return fuse.OK
}

func (s *fileSystem) Mkdir(_ <-chan struct{}, in *fuse.MkdirIn, name string, out *fuse.EntryOut) fuse.Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.make(in.NodeId, name, newFolder, in.Mode, out)
}

func (s *fileSystem) Create(_ <-chan struct{}, in *fuse.CreateIn, name string, out *fuse.CreateOut) fuse.Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	out.OpenFlags = fuse.FOPEN_KEEP_CACHE
	return s.make(in.NodeId, name, newFile, in.Mode, &out.EntryOut)
}

func (s *fileSystem) make(in uint64, name string, make func(uint64, uint32) *node, mode uint32, out *fuse.EntryOut) fuse.Status {
	folder, status := s.changing(in)
	if !status.Ok() {
		return status
	}
	child := s.add(make, mode, name)
	folder.rename(renaming{given: name, to: child})
	child.enter(out)
	return fuse.OK
}

func (s *fileSystem) Unlink(_ <-chan struct{}, header *fuse.InHeader, name string) fuse.Status {
	return s.remove(header.NodeId, name)
}

func (s *fileSystem) Rmdir(_ <-chan struct{}, header *fuse.InHeader, name string) fuse.Status {
	return s.remove(header.NodeId, name)
}

func (s *fileSystem) remove(in uint64, name string) fuse.Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	folder, status := s.changing(in)
	if !status.Ok() {
		return status
	}
	child, ok := folder.names[name]
	switch {
	case !ok:
		return fuse.ENOENT
	case len(child.names) > 0:
		return fuse.Status(syscall.ENOTEMPTY)
	}
	folder.rename(renaming{taken: name})
	return fuse.OK
}

func (s *fileSystem) Rename(_ <-chan struct{}, in *fuse.RenameIn, from, to string) fuse.Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	folder, status := s.changing(in.NodeId)
	if !status.Ok() {
		return status
	}
	target, moved := s.nodes[in.Newdir], folder.names[from]
	switch {
	case moved == nil || target == nil:
		return fuse.ENOENT
	case in.Flags == exchange && folder == target && target.names[to] != nil:
		folder.rename(renaming{taken: from, given: to, to: moved, back: target.names[to]})
		return fuse.OK
	case in.Flags != 0: // nobody here asks for the others
		return fuse.EINVAL
	case target.names[to] != nil && len(target.names[to].names) > 0:
		return fuse.Status(syscall.ENOTEMPTY)
	}
	s.paths[moved.id] = to
	if folder == target {
		folder.rename(renaming{taken: from, given: to, to: moved})
		return fuse.OK
	}
	target.rename(renaming{given: to, to: moved})
	folder.rename(renaming{taken: from})
	return fuse.OK
}

func (s *fileSystem) Open(_ <-chan struct{}, in *fuse.OpenIn, out *fuse.OpenOut) fuse.Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	out.OpenFlags = fuse.FOPEN_KEEP_CACHE
	_, status := s.at(in.NodeId)
	return status
}

func (s *fileSystem) Read(_ <-chan struct{}, in *fuse.ReadIn, buffer []byte) (fuse.ReadResult, fuse.Status) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, status := s.at(in.NodeId)
	if !status.Ok() {
		return nil, status
	}
	from := min(int(in.Offset), len(n.bytes))
	return fuse.ReadResultData(buffer[:copy(buffer, n.bytes[from:])]), fuse.OK
}

func (s *fileSystem) Write(_ <-chan struct{}, in *fuse.WriteIn, data []byte) (uint32, fuse.Status) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, status := s.changing(in.NodeId)
	if !status.Ok() {
		return 0, status
	}
	n.write(change{offset: int64(in.Offset), bytes: slices.Clone(data)})
	return uint32(len(data)), fuse.OK
}

func (s *fileSystem) Flush(<-chan struct{}, *fuse.FlushIn) fuse.Status { return fuse.OK }

func (s *fileSystem) Fsync(_ <-chan struct{}, in *fuse.FsyncIn) fuse.Status {
	return s.makeDurable(in.NodeId, (*node).sync)
}

func (s *fileSystem) FsyncDir(_ <-chan struct{}, in *fuse.FsyncIn) fuse.Status {
	return s.makeDurable(in.NodeId, (*node).syncNames)
}

func (s *fileSystem) makeDurable(id uint64, sync func(*node)) fuse.Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, status := s.changing(id)
	if status.Ok() && !s.liesAbout(n) {
		sync(n)
	}
	return status
}

func (s *fileSystem) OpenDir(_ <-chan struct{}, in *fuse.OpenIn, out *fuse.OpenOut) fuse.Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	folder, status := s.at(in.NodeId)
	if !status.Ok() {
		return status
	}
	s.handles++
	out.Fh = s.handles
	for i, name := range sortedNames(folder.names) {
		child := folder.names[name]
		s.listings[out.Fh] = append(s.listings[out.Fh], fuse.DirEntry{Name: name, Mode: child.mode, Ino: child.id, Off: uint64(i + 1)})
	}
	return fuse.OK
}

func (s *fileSystem) ReadDir(_ <-chan struct{}, in *fuse.ReadIn, out *fuse.DirEntryList) fuse.Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	listing := s.listings[in.Fh]
	for _, entry := range listing[min(int(in.Offset), len(listing)):] {
		if !out.AddDirEntry(entry) {
			break
		}
	}
	return fuse.OK
}

func (s *fileSystem) ReleaseDir(in *fuse.ReleaseIn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.listings, in.Fh)
}

func (s *fileSystem) StatFs(_ <-chan struct{}, _ *fuse.InHeader, out *fuse.StatfsOut) fuse.Status {
	out.Bsize, out.Frsize, out.NameLen = 4096, 4096, 255
	out.Blocks, out.Bfree, out.Bavail = 1<<20, 1<<20, 1<<20
	return fuse.OK
}

func sortedNames(names map[string]*node) []string { return slices.Sorted(maps.Keys(names)) }
