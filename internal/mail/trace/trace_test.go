package trace_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"constancia/internal/mail/message"
	"constancia/internal/mail/trace"
)

func read(header string) trace.Trace {
	return trace.Read(message.Fields(strings.NewReader(strings.ReplaceAll(header, "\n", "\r\n") + "\r\n\r\ntext")))
}

func TestAHopIsReadInTheFormsOfTheServersThatThereAre(t *testing.T) {
	tests := []struct {
		name, field string
		want        trace.Hop
	}{
		{"Postfix over TLS",
			"from salida.corral.example (salida.corral.example [203.0.113.9]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384\n (256/256 bits)) (No client certificate requested)\n by mx.casa.example (Postfix) with ESMTPS id 4XyZ12\n for <begona@casa.example>; Tue,  3 Mar 2026 10:05:07 +0100 (CET)",
			trace.Hop{From: trace.Host{Name: "salida.corral.example", Found: "salida.corral.example", Address: "203.0.113.9"},
				By: "mx.casa.example", With: "ESMTPS", Encrypted: true, ID: "4XyZ12", For: "begona@casa.example", Time: "2026-03-03T10:05:07+01:00"}},
		{"Gmail",
			"from mail-sor-f41.google.com (mail-sor-f41.google.com. [209.85.220.41])\n        by mx.google.com with SMTPS id a1-20020a\n        for <begona@gmail.example>\n        (Google Transport Security);\n        Tue, 03 Mar 2026 01:05:07 -0800 (PST)",
			trace.Hop{From: trace.Host{Name: "mail-sor-f41.google.com", Found: "mail-sor-f41.google.com", Address: "209.85.220.41"},
				By: "mx.google.com", With: "SMTPS", Encrypted: true, ID: "a1-20020a", For: "begona@gmail.example", Time: "2026-03-03T01:05:07-08:00"}},
		{"Gmail within itself", "by 2002:a05:6402:1234:b0:5e0:1 with SMTP id x15csp1; Tue, 3 Mar 2026 01:05:08 -0800 (PST)",
			trace.Hop{By: "2002:a05:6402:1234:b0:5e0:1", With: "SMTP", ID: "x15csp1", Time: "2026-03-03T01:05:08-08:00"}},
		{"Microsoft",
			"from AM0PR01.example.com (2603:10a6:20b:1::15)\n by DB9PR02.example.com (2603:10a6:10:2::8) with Microsoft SMTP Server\n (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id\n 15.20.8489.18 via Frontend Transport; Tue, 3 Mar 2026\n 09:05:07 +0000",
			trace.Hop{From: trace.Host{Name: "AM0PR01.example.com", Address: "2603:10a6:20b:1::15"}, By: "DB9PR02.example.com",
				With: "Microsoft SMTP Server", Via: "Frontend Transport", Encrypted: true, ID: "15.20.8489.18", Time: "2026-03-03T09:05:07Z"}},
		{"Exim, which names the sender in a comment",
			"from [198.51.100.7] (helo=portatil.local)\n\tby smtp.corral.example with esmtpsa (Exim 4.96)\n\t(envelope-from <ana@corral.example>)\n\tid 1abcDE-0001\n\tfor begona@casa.example; Tue, 03 Mar 2026 10:05:01 +0100",
			trace.Hop{From: trace.Host{Name: "portatil.local", Address: "198.51.100.7"}, By: "smtp.corral.example", With: "esmtpsa",
				Encrypted: true, ID: "1abcDE-0001", For: "begona@casa.example", Time: "2026-03-03T10:05:01+01:00"}},
		{"qmail, which does not know the name", "from unknown (HELO mail.corral.example) (192.0.2.1)\n  by 0 with SMTP; 3 Mar 2026 09:05:00 -0000",
			trace.Hop{From: trace.Host{Name: "mail.corral.example", Address: "192.0.2.1"}, By: "0", With: "SMTP", Time: "2026-03-03T09:05:00Z"}},
		{"qmail for itself", "(qmail 1234 invoked by uid 89); 3 Mar 2026 09:05:00 -0000", trace.Hop{Time: "2026-03-03T09:05:00Z"}},
		{"a sender that lies about its name",
			"from mx.banco.example (dynamic-7.isp.example [192.0.2.77] (may be forged)) by mx.casa.example with SMTP id 9; Tue, 3 Mar 2026 10:05:00 +0100",
			trace.Hop{From: trace.Host{Name: "mx.banco.example", Found: "dynamic-7.isp.example", Address: "192.0.2.77"}, By: "mx.casa.example",
				With: "SMTP", ID: "9", Time: "2026-03-03T10:05:00+01:00"}},
		{"an IPv6 address with its mark", "from a.example (a.example [IPv6:2001:db8::1]) by b.example with ESMTP; Tue, 3 Mar 2026 10:05:00 +0100",
			trace.Hop{From: trace.Host{Name: "a.example", Found: "a.example", Address: "2001:db8::1"}, By: "b.example", With: "ESMTP",
				Time: "2026-03-03T10:05:00+01:00"}},
		{"a semicolon in a comment", "from a.example (a; b) by b.example with LMTP (x; y); Tue, 3 Mar 2026 10:05:00 +0100",
			trace.Hop{From: trace.Host{Name: "a.example"}, By: "b.example", With: "LMTP", Time: "2026-03-03T10:05:00+01:00"}},
		{"no date", "from a.example by b.example", trace.Hop{From: trace.Host{Name: "a.example"}, By: "b.example"}},
		{"a comment that never ends", "from a.example (b by c.example; Tue, 3 Mar 2026 10:05:00 +0100", trace.Hop{From: trace.Host{Name: "a.example"}}},
		{"nothing", "", trace.Hop{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := read("Received: " + test.field).Route
			if len(got) != 1 {
				t.Fatalf("%d hops", len(got))
			}
			test.want.Raw = got[0].Raw
			if !reflect.DeepEqual(got[0], test.want) {
				t.Errorf("got  %+v\nwant %+v", got[0], test.want)
			}
			if strings.Join(strings.Fields(got[0].Raw), " ") != strings.Join(strings.Fields(test.field), " ") {
				t.Errorf("raw is %q", got[0].Raw)
			}
		})
	}
}

func TestTheRouteBeginsWithTheFirstServerAndCountsTheTimeBetween(t *testing.T) {
	route := read(`Received: from c by d with ESMTP id 4; Tue, 3 Mar 2026 11:00:00 +0100
Received: from b by c with ESMTP id 3; some time
Received: from a by b with ESMTP id 2; Tue, 3 Mar 2026 09:59:58 +0000
Received: by a with HTTP id 1; Tue, 3 Mar 2026 10:00:00 +0000
Subject: x`).Route
	var got []string
	for _, hop := range route {
		delay := "-"
		if hop.DelaySeconds != nil {
			delay = fmt.Sprint(*hop.DelaySeconds)
		}
		got = append(got, hop.ID+" "+delay)
	}
	if want := "[1 - 2 -2 3 - 4 -]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestFindingsAreReadInTheFormsOfTheServersThatThereAre(t *testing.T) {
	tests := []struct{ name, field, want string }{
		{"as in RFC 8601", `example.com 1; dkim=pass (good signature) header.d=example.com; spf=pass smtp.mailfrom=example.net`,
			"example.com: dkim=pass (good signature) header.d=example.com; spf=pass smtp.mailfrom=example.net"},
		{"nothing was checked", "example.org 1; none", "example.org:"},
		{"Gmail", `mx.google.com;
       dkim=pass header.i=@corral.example header.s=s1 header.b=AbC+/dEf;
       spf=pass (google.com: domain of ana@corral.example designates 203.0.113.9 as permitted sender) smtp.mailfrom=ana@corral.example;
       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=corral.example`,
			"mx.google.com: dkim=pass header.i=@corral.example header.s=s1 header.b=AbC+/dEf; " +
				"spf=pass (google.com: domain of ana@corral.example designates 203.0.113.9 as permitted sender) smtp.mailfrom=ana@corral.example; " +
				"dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=corral.example"},
		{"Microsoft, which leaves its name out", `spf=pass (sender IP is 203.0.113.9)
 smtp.mailfrom=corral.example; dkim=pass (signature was verified)
 header.d=corral.example;dmarc=pass action=none
 header.from=corral.example;compauth=pass reason=100`,
			": spf=pass (sender IP is 203.0.113.9) smtp.mailfrom=corral.example; dkim=pass (signature was verified) header.d=corral.example; " +
				"dmarc=pass .action=none header.from=corral.example; compauth=pass <100>"},
		{"a reason in quotes, and signs apart", `mx.casa.example; dkim = fail reason="key; gone \"now\"" header.d = corral.example`,
			`mx.casa.example: dkim=fail <key; gone "now"> header.d=corral.example`},
		{"comments everywhere, as in RFC 8601, appendix B.7", `foo.example.net (foobar) 1 (baz);
     dkim (Because I like it) / 1 (One yay) = (wait for it) fail
       policy (A dot can go here) . (like that) expired
       (this surprised me) = (as I wasn't expecting it) 1362471462`, "foo.example.net: dkim=fail (Because I like it; One yay; wait for it; A dot can go here; like that; this surprised me; " +
			"as I wasn't expecting it) policy.expired=1362471462"},
		{"a method with its version", "a.example; dkim/1=pass header.d=b.example", "a.example: dkim=pass header.d=b.example"},
		{"a value that is missing", "a.example; spf=none smtp.mailfrom= smtp.helo=x", "a.example: spf=none smtp.mailfrom= smtp.helo=x"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			found := read("Authentication-Results: " + test.field).Authentication
			if len(found) != 1 {
				t.Fatalf("%d findings", len(found))
			}
			if got := inWords(found[0]); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func inWords(found trace.Authentication) string {
	var results []string
	for _, one := range found.Results {
		text := one.Method + "=" + one.Value
		if one.Reason != "" {
			text += " <" + one.Reason + ">"
		}
		if one.Comment != "" {
			text += " (" + one.Comment + ")"
		}
		for _, property := range one.Properties {
			text += " " + property.Type + "." + property.Name + "=" + property.Value
		}
		results = append(results, text)
	}
	return strings.TrimSpace(found.Server + ": " + strings.Join(results, "; "))
}

func TestAFindingTellsWhetherTheLastServerWroteIt(t *testing.T) {
	found := read(`Authentication-Results: mx.casa.example; dkim=fail header.d=banco.example
Received: from b by mx.casa.example with ESMTP id 2; Tue, 3 Mar 2026 10:00:02 +0000
Authentication-Results: mx.casa.example; dkim=pass header.d=banco.example
Received: from a by b with ESMTP id 1; Tue, 3 Mar 2026 10:00:00 +0000
Authentication-Results: a; dkim=none`).Authentication
	var got []string
	for _, one := range found {
		got = append(got, fmt.Sprintf("%s %d %t", one.Results[0].Value, one.Hops, one.ByLast))
	}
	if want := "[fail 2 true pass 1 false none 0 false]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
	if alone := read("Authentication-Results: mx.casa.example; dkim=pass").Authentication[0]; alone.ByLast {
		t.Error("without any server's field nobody knows who wrote it")
	}
	if found[0].Results[0].Property("header", "D") != "banco.example" || found[0].Results[0].Property("smtp", "d") != "" {
		t.Error("a property is found by its type and name")
	}
}

func TestAChainIsToldLinkByLinkAsItIsClaimed(t *testing.T) {
	chain := read(`ARC-Seal: i=2; a=rsa-sha256; t=1772532307; cv=pass; d=Lista.example; s=arc; b=Zm9v
 YmFy
ARC-Message-Signature: i=2; a=rsa-sha256; d=lista.example; s=arc; bh=x; h=from; b=y
ARC-Authentication-Results: i=2; lista.example; arc=pass (i=1 spf=pass); dkim=fail header.d=corral.example
ARC-Seal: i=1; a=rsa-sha256; cv=none; d=google.example; s=arc-2; b=x
ARC-Authentication-Results: i=1; mx.google.example;
 dkim=pass header.d=corral.example
ARC-Seal: i=900; d=x
ARC-Seal: d=x
ARC-Seal: i=1; d=second.example`).Chain
	if len(chain) != 2 {
		t.Fatalf("%+v", chain)
	}
	first, second := chain[0], chain[1]
	if first.Number != 1 || first.Domain != "google.example" || first.Before != "none" || first.SealedAt != "" ||
		fmt.Sprint(first.Missing) != "[ARC-Message-Signature]" || inWords(first.Authentication) != "mx.google.example: dkim=pass header.d=corral.example" {
		t.Errorf("first: %+v", first)
	}
	if second.Domain != "lista.example" || second.Selector != "arc" || second.Before != "pass" || second.SealedAt != "2026-03-03T10:05:07Z" ||
		len(second.Missing) != 0 || len(second.Raw) != 3 ||
		inWords(second.Authentication) != "lista.example: arc=pass (i=1 spf=pass); dkim=fail header.d=corral.example" {
		t.Errorf("second: %+v", second)
	}
}

func TestAMessageWithoutATraceHasEmptyLists(t *testing.T) {
	text, err := json.Marshal(read("Subject: x"))
	if want := `{"route":[],"authentication":[],"chain":[]}`; err != nil || string(text) != want {
		t.Errorf("got %s, %v", text, err)
	}
}

func TestWhatAMessageHoldsTooMuchOfIsLeftOut(t *testing.T) {
	var header strings.Builder
	for range 1000 {
		header.WriteString("Received: from a by b; Tue, 3 Mar 2026 10:00:00 +0000\nAuthentication-Results: a; " +
			strings.Repeat("a=b;", 200) + "\n")
	}
	got := read(header.String())
	if len(got.Route) != 200 || len(got.Authentication) != 100 || len(got.Authentication[0].Results) != 100 {
		t.Errorf("%d hops, %d findings", len(got.Route), len(got.Authentication))
	}
}

func FuzzATraceIsReadWhateverServersWrote(f *testing.F) {
	for _, seed := range []string{
		"Received: from a (b [1.2.3.4]) by c with ESMTPS id 1 for <x@y>; Tue, 3 Mar 2026 10:00:00 +0000",
		"Received: from unknown (HELO x) (1.2.3.4)\n by 0; 3 Mar 2026 09:05:00 -0000\nReceived: ((((\"\\",
		"Authentication-Results: a (b) 1; dkim = pass (c \\) d) reason=\"e;f\" header.d=g; none",
		"Authentication-Results: =; = = =;;x=\nAuthentication-Results: \xff\xfe=\xff",
		"ARC-Seal: i=1; cv=none; d=a; t=99999999999999999999\nARC-Authentication-Results: i=1; a; spf=pass\nARC-Seal: i=-1",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		got := trace.Read(message.Fields(strings.NewReader(header)))
		text, err := json.Marshal(got)
		if err != nil || !utf8.Valid(text) {
			t.Fatalf("%v", err)
		}
		for i, hop := range got.Route {
			if _, err := time.Parse(time.RFC3339, hop.Time); hop.Time != "" && err != nil {
				t.Errorf("time %q", hop.Time)
			}
			if hop.DelaySeconds != nil && (i == 0 || hop.Time == "" || got.Route[i-1].Time == "") {
				t.Error("a delay between unknown times")
			}
			for _, part := range []string{hop.By, hop.With, hop.Via, hop.ID, hop.For, hop.From.Name, hop.From.Found} {
				if !utf8.ValidString(part) || len(part) > 1000 {
					t.Errorf("part %q", part)
				}
			}
		}
		for i, link := range got.Chain {
			if link.Number < 1 || link.Number > 50 || i > 0 && got.Chain[i-1].Number >= link.Number {
				t.Errorf("links are not in order: %d", link.Number)
			}
		}
		for _, found := range got.Authentication {
			if found.Hops < 0 || found.Hops > strings.Count(strings.ToLower(header), "received") {
				t.Errorf("%d servers had written before", found.Hops)
			}
		}
	})
}
