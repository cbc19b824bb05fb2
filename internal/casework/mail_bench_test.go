package casework_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"constancia/internal/mail/imap/dovecottest"
)

// BenchmarkMail holds the import of mail to what was promised of it, and prints one table. What is compared runs in
// turns, each time as a process of its own, so that both see the same load of the machine. Each part can be run alone.
func BenchmarkMail(b *testing.B) {
	var table promises
	server := sync.OnceValue(func() dovecottest.Server { return dovecottest.Start(b, manyMessages(10_000)) })
	b.Run("near", func(b *testing.B) { table.onLoopback(b, server()) })
	b.Run("far", func(b *testing.B) { table.fromAfar(b, server()) })
	b.Run("memory", table.inMemory)
	b.Run("library", table.inALargeLibrary)
	table.print(b)
}

// rounds is how often each process runs. The median counts.
const rounds = 3

// onLoopback compares with mbsync on the same server, which takes the messages into files.
func (p *promises) onLoopback(b *testing.B, server dovecottest.Server) {
	var durable, whole, processor, careful, carefulProcessor, careless times
	for range rounds {
		ours := runImport(b, server)
		durable, whole = append(durable, ours.durable), append(whole, ours.whole)
		processor = append(processor, ours.processor)
		theirs := runMbsync(b, server, true)
		careful, carefulProcessor = append(careful, theirs.whole), append(carefulProcessor, theirs.processor)
		careless = append(careless, runMbsync(b, server, false).whole)
	}
	p.faster("until all is durable", durable, "mbsync", careful, 2)
	p.faster("until all can be found", whole, "mbsync", careful, 1.2)
	p.faster("until all can be found", whole, "mbsync, FSync no", careless, 0.4)
	p.atMost("processor time", processor.median(), "s", "mbsync", carefulProcessor.median(), 2)
}

// fromAfar does so over a connection on which an answer takes 80 ms to come.
func (p *promises) fromAfar(b *testing.B, server dovecottest.Server) {
	server.Port = delayed(b, server.Port, 40*time.Millisecond)
	var durable, careful times
	for range rounds {
		durable = append(durable, runImport(b, server).durable)
		careful = append(careful, runMbsync(b, server, true).whole)
	}
	p.faster("80 ms away, until all is durable", durable, "mbsync", careful, 0.8)
}

// inMemory takes in a mailbox of 10,000 messages with one of 50 MB.
func (p *promises) inMemory(b *testing.B) {
	const megabyte = 1e6
	messages := append(manyMessages(10_000), email("Vídeo", "Aquí está.", strings.Repeat("0123456789abcdef", 50*megabyte*3/4/16)))
	ours := runImport(b, dovecottest.Start(b, messages))
	p.atMost("memory with a message of 50 MB", ours.memory, "MB", "the limit", 150, 1)
}

// inALargeLibrary compares what a message costs where there are few and where there are many.
func (p *promises) inALargeLibrary(b *testing.B) {
	many := aLibraryOfMail(b, 100_000)
	var inFew, inMany times
	for first := 1_000_000; first < 1_030_000; { // each takes a fraction of a second, and some take twice as long as others
		few := aLibraryOfMail(b, 1000)
		for range 6 { // then it has no longer few
			inFew, inMany = append(inFew, few.importMore(b, first)), append(inMany, many.importMore(b, first))
			first += 1000
		}
	}
	p.atMost("1,000 messages more beside 100,000", inMany.median(), "s", "beside 1,000", inFew.median(), 1.2)
}
