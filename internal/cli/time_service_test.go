package cli_test

import (
	"net"
	"os"
	"strconv"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"

	"constancia/internal/seal/sealtest"
)

// timeServices are the services that scripts have started.
var timeServices sync.Map

// serveTime is a service for time stamps: "timeservice" starts it until the script ends, sets TIME to its address and
// writes its root to root.pem; "timeservice HOW" has it answer so from then on, and "timeservice asked N" holds how often
// it was asked. NOBODY is an address where nobody answers.
func serveTime(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: timeservice [BEHAVIOUR | asked N]")
	}
	if len(args) == 0 {
		startTime(ts)
		return
	}
	started, ok := timeServices.Load(ts)
	if !ok {
		ts.Fatalf("no service was started")
	}
	service := started.(*sealtest.Service)
	if args[0] != "asked" {
		service.Behave(sealtest.Behaviour(args[0]))
		return
	}
	if want, got := args[1], len(service.Requests()); want != strconv.Itoa(got) {
		ts.Fatalf("the service was asked %d times", got)
	}
}

func startTime(ts *testscript.TestScript) {
	service, err := sealtest.Start()
	ts.Check(err)
	timeServices.Store(ts, service)
	ts.Defer(func() {
		timeServices.Delete(ts)
		service.Close()
	})
	nobody, err := net.Listen("tcp4", "127.0.0.1:0")
	ts.Check(err)
	ts.Check(nobody.Close())
	ts.Check(os.WriteFile(ts.MkAbs("root.pem"), service.RootPEM(), 0o600))
	ts.Setenv("TIME", service.URL)
	ts.Setenv("NOBODY", "http://"+nobody.Addr().String()+"/tsr")
}
