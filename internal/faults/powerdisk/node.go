//go:build linux

package powerdisk

import (
	"maps"
	"math/rand/v2"
	"slices"
	"syscall"
)

// sector is what a disk writes whole or not at all, in bytes.
const sector = 512

// node is a file or a folder: as programs see it, as a power cut would leave it for sure, and the changes in between.
type node struct {
	id   uint64
	mode uint32 // S_IFREG or S_IFDIR, and the permissions; a change of those is durable at once

	bytes, durableBytes []byte
	changes             []change

	names, durableNames map[string]*node
	renamings           []renaming
}

// change is one write into a file, or with nil bytes a new size of it.
type change struct {
	offset int64
	bytes  []byte
	size   int64
}

// renaming is a change of one folder: a name that is given, taken away, or both at once.
type renaming struct {
	taken string // empty: none
	given string // empty: none
	to    *node
	// back gets the name that is taken: two exchange their names. nil is none.
	back *node
}

func newFolder(id uint64, mode uint32) *node {
	return &node{id: id, mode: syscall.S_IFDIR | mode&0o7777, names: map[string]*node{}, durableNames: map[string]*node{}}
}

func newFile(id uint64, mode uint32) *node {
	return &node{id: id, mode: syscall.S_IFREG | mode&0o7777}
}

func (n *node) isFolder() bool { return n.mode&syscall.S_IFMT == syscall.S_IFDIR }

// write changes a file as programs see it.
func (n *node) write(c change) {
	n.bytes = c.applied(n.bytes)
	n.changes = append(n.changes, c)
}

// applied gives the bytes after the change. It may reuse those it is given.
func (c change) applied(to []byte) []byte {
	if c.bytes == nil {
		return resized(to, c.size)
	}
	if end := c.offset + int64(len(c.bytes)); end > int64(len(to)) {
		to = resized(to, end)
	}
	copy(to[c.offset:], c.bytes)
	return to
}

func resized(bytes []byte, size int64) []byte {
	if size <= int64(len(bytes)) {
		return bytes[:size]
	}
	kept := len(bytes)
	bytes = slices.Grow(bytes, int(size)-kept)[:size]
	clear(bytes[kept:])
	return bytes
}

// sync makes the bytes and the size of a file durable.
func (n *node) sync() {
	for _, c := range n.changes {
		n.durableBytes = c.applied(n.durableBytes)
	}
	n.changes = nil
}

// rename changes a folder as programs see it.
func (n *node) rename(r renaming) {
	r.apply(n.names)
	n.renamings = append(n.renamings, r)
}

func (r renaming) apply(names map[string]*node) {
	if r.taken != "" {
		delete(names, r.taken)
	}
	if r.given != "" {
		names[r.given] = r.to
	}
	if r.back != nil {
		names[r.taken] = r.back
	}
}

// syncNames makes the names in a folder durable.
func (n *node) syncNames() {
	for _, r := range n.renamings {
		r.apply(n.durableNames)
	}
	n.renamings = nil
}

// fortune is how likely it is that what was not made durable is there after all.
type fortune struct{ data, sizes, names float64 }

func drawFortune(random *rand.Rand) fortune {
	one := func() float64 { return [...]float64{0, 0.2, 0.5, 0.8, 1}[random.IntN(5)] }
	return fortune{data: one(), sizes: one(), names: one()}
}

// survivingNames are the names in a folder after a cut.
func (n *node) survivingNames(f fortune, random *rand.Rand) map[string]*node {
	names := maps.Clone(n.durableNames)
	for _, r := range n.renamings {
		if random.Float64() < f.names {
			r.apply(names)
		}
	}
	return names
}

// survivingBytes are the bytes of a file after a cut: each sector that was written by itself, and the size by itself.
func (n *node) survivingBytes(f fortune, random *rand.Rand) []byte {
	bytes := slices.Clone(n.durableBytes)
	for _, c := range n.changes {
		if c.bytes == nil {
			if random.Float64() < f.sizes {
				bytes = c.applied(bytes)
			}
			continue
		}
		if end := c.offset + int64(len(c.bytes)); end > int64(len(bytes)) && random.Float64() < f.sizes {
			bytes = resized(bytes, end)
		}
		for part := range c.sectors() {
			if random.Float64() < f.data {
				bytes = part.applied(bytes)
			}
		}
	}
	return bytes
}

// sectors splits a write where the disk does.
func (c change) sectors() func(yield func(change) bool) {
	return func(yield func(change) bool) {
		for rest := c; len(rest.bytes) > 0; {
			length := min(int64(len(rest.bytes)), sector-rest.offset%sector)
			if !yield(change{offset: rest.offset, bytes: rest.bytes[:length]}) {
				return
			}
			rest = change{offset: rest.offset + length, bytes: rest.bytes[length:]}
		}
	}
}
