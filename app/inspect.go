//go:build inspect && linux

package app

// inspectable is the tests' build, to whose page an inspector may be attached.
const inspectable = true
