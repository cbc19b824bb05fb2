//go:build linux

// Package powerdisk is a disk in memory from which a test can cut the power: a FUSE file system that knows what a
// program has made durable, and what only stood in a cache when the power went.
//
// It keeps to what POSIX promises and to nothing that file systems give beyond that. fsync of a file makes its bytes
// and its size durable, not its name; fsync of a folder makes the names in it durable. Of all else a cut leaves a random
// part, each sector of 512 bytes, each size and each name by itself. A name that is given in place of another in one
// folder changes at once; between two folders a file can have both names or neither.
package powerdisk

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"sync"

	"github.com/hanwen/go-fuse/v2/fuse"
)

// Lies are what a disk says it has made durable and has not. The zero Lies are none.
type Lies struct {
	// Folders makes it forget what fsync of a folder asks.
	Folders bool
	// Files makes it forget what fsync of a file asks, for files of these names, patterns as of [path.Match].
	Files string
}

// Disk is a mounted disk. It is safe for concurrent use.
type Disk struct {
	lies   Lies
	server *fuse.Server
	gone   chan struct{}

	mu       sync.Mutex
	nodes    map[uint64]*node
	paths    map[uint64]string // the last name of each file, for the lies
	listings map[uint64][]fuse.DirEntry
	handles  uint64
	steps    int
	cutAt    int
	off      bool
}

// Mount gives a folder a disk that holds, durably, what is in the folder from. The power goes at the step cutAt, counted
// from 1 over all that changes the disk or makes it durable; 0 is never.
func Mount(directory, from string, cutAt int, lies Lies) (*Disk, error) {
	d := &Disk{lies: lies, cutAt: cutAt, gone: make(chan struct{}), nodes: map[uint64]*node{},
		paths: map[uint64]string{}, listings: map[uint64][]fuse.DirEntry{}}
	if _, err := d.load(from); err != nil {
		return nil, err
	}
	server, err := fuse.NewServer(&fileSystem{RawFileSystem: fuse.NewDefaultRawFileSystem(), Disk: d}, directory,
		&fuse.MountOptions{DirectMount: true, DisableReadDirPlus: true, DisableXAttrs: true, FsName: "powerdisk", Name: "powerdisk"})
	if err != nil {
		return nil, err
	}
	d.server = server
	go server.Serve()
	return d, server.WaitMount()
}

// load reads a file or a folder with all that is in it. The first one is the disk's root.
func (d *Disk) load(from string) (*node, error) {
	info, err := os.Stat(from)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		file := d.add(newFile, uint32(info.Mode().Perm()), filepath.Base(from))
		file.durableBytes, err = os.ReadFile(from)
		file.bytes = append([]byte{}, file.durableBytes...)
		return file, err
	}
	folder := d.add(newFolder, uint32(info.Mode().Perm()), "")
	inside, err := os.ReadDir(from)
	if err != nil {
		return nil, err
	}
	for _, entry := range inside {
		child, err := d.load(filepath.Join(from, entry.Name()))
		if err != nil {
			return nil, err
		}
		folder.names[entry.Name()], folder.durableNames[entry.Name()] = child, child
	}
	return folder, nil
}

func (d *Disk) add(make func(id uint64, mode uint32) *node, mode uint32, name string) *node {
	n := make(uint64(len(d.nodes)+fuse.FUSE_ROOT_ID), mode)
	d.nodes[n.id], d.paths[n.id] = n, name
	return n
}

// Gone is closed when the power goes.
func (d *Disk) Gone() <-chan struct{} { return d.gone }

// Steps counts what changed the disk, or made it durable.
func (d *Disk) Steps() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.steps
}

// Cut takes the power away now, if it is there.
func (d *Disk) Cut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.cut()
}

func (d *Disk) cut() {
	if !d.off {
		d.off = true
		close(d.gone)
	}
}

// step counts a change that is about to be made. Once the power is off nothing is possible.
func (d *Disk) step() bool {
	if d.off {
		return false
	}
	d.steps++
	if d.steps == d.cutAt {
		d.cut()
	}
	return !d.off
}

// liesAbout reports whether fsync of a file only says it was done.
func (d *Disk) liesAbout(n *node) bool {
	if n.isFolder() {
		return d.lies.Folders
	}
	lies, err := path.Match(d.lies.Files, d.paths[n.id])
	return err == nil && lies
}

// Unmount takes the disk out. Nothing may use it any more.
func (d *Disk) Unmount() error { return d.server.Unmount() }

// Survivors writes what a power cut leaves into a folder that is not there yet.
func (d *Disk) Survivors(directory string, random *rand.Rand) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.nodes[fuse.FUSE_ROOT_ID].survive(directory, drawFortune(random), random)
}

func (n *node) survive(at string, f fortune, random *rand.Rand) error {
	mode := fs.FileMode(n.mode & 0o777)
	if !n.isFolder() {
		return os.WriteFile(at, n.survivingBytes(f, random), mode)
	}
	if err := os.Mkdir(at, mode); err != nil {
		return err
	}
	names := n.survivingNames(f, random)
	for _, name := range sortedNames(names) {
		if err := names[name].survive(filepath.Join(at, name), f, random); err != nil {
			return err
		}
	}
	return nil
}
