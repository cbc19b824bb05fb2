//go:build !linux

package app

func prepareEnvironment() {}
