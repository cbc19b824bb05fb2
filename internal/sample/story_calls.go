package sample

import (
	"time"

	"constancia/internal/casefile"
)

// clock is a duration as an operator's log writes it.
func clock(minutes, seconds int) time.Duration {
	return time.Duration(minutes)*time.Minute + time.Duration(seconds)*time.Second
}

// springCalls are the calls of March and April: the store and the carrier.
var springCalls = []contact{
	{
		key: "call-01", party: storeKey, at: "2026-03-10 11:20", recorded: "2026-03-16 19:12", channel: casefile.Phone,
		people: []string{"irene-collado"}, hold: clock(4, 10), talk: clock(12, 35), number: storePhone,
		reference: orderNumber, failures: []casefile.Failure{casefile.Helped}, basis: casefile.PhoneLog,
	},
	{
		key: "call-02", party: storeKey, at: "2026-03-11 09:35", recorded: "2026-03-16 19:20", channel: casefile.Phone,
		people: []string{"oscar-penalver"}, hold: clock(9, 5), talk: clock(6, 40), number: storePhone,
		failures: []casefile.Failure{casefile.Helped}, basis: casefile.CompanyDocument,
	},
	{
		key: "call-03", party: carrierKey, at: "2026-03-16 17:52", recorded: "2026-03-16 18:49", channel: casefile.Phone,
		people: []string{"ruben-cidoncha"}, hold: clock(38, 14), talk: clock(7, 20), number: carrierPhone,
		failures: []casefile.Failure{"not_delivered", "long_wait", "phone_maze"}, basis: casefile.Note,
	},
	{
		key: "call-04", party: carrierKey, at: "2026-03-17 12:30", recorded: "2026-03-17 13:10", channel: casefile.Phone,
		people: []string{"soraya-quintela"}, hold: clock(22, 5), talk: clock(9, 50), transfers: 1, retold: 1, sentTo: storeKey, number: carrierPhone,
		failures: []casefile.Failure{"promise_broken", "repeat_story", "no_owner"}, basis: casefile.Note,
	},
	{
		key: "call-05", party: storeKey, at: "2026-03-18 10:05", recorded: "2026-03-18 10:49", channel: casefile.Phone,
		people: []string{"lidia-sarmiento"}, hold: clock(26, 30), talk: clock(11, 15), number: storePhone,
		reference: incidentNumber, failures: []casefile.Failure{"long_wait", "unable_agent"}, basis: casefile.Note,
	},
	{
		key: "call-06", party: storeKey, at: "2026-03-26 09:12", recorded: "2026-03-26 10:30", channel: casefile.Phone,
		people: []string{"angel-burgues", "mireia-castellnou", "shift-manager"},
		hold:   clock(47, 26), talk: clock(18, 40), transfers: 2, retold: 2, number: storePhone, reference: incidentNumber,
		failures: []casefile.Failure{"promise_broken", "long_wait", "transfer_chain", "repeat_story", "policy_wall",
			"unable_agent"},
		supervisor: casefile.SupervisorCallBack, basis: casefile.Note,
	},
	{
		key: "call-07", party: storeKey, at: "2026-03-30 11:18", recorded: "2026-03-30 11:21", channel: casefile.Phone,
		incoming: true, talk: clock(0, 48), number: surveyPhone,
		failures: []casefile.Failure{"robocall"}, basis: casefile.Note,
	},
	{
		key: "call-08", party: carrierKey, at: "2026-03-31 16:20", recorded: "2026-03-31 21:05", channel: casefile.Phone,
		people: []string{"jordi-vilamanya"}, hold: clock(17, 22), talk: clock(8, 10), number: carrierPhone,
		basis: casefile.Note,
	},
	{
		key: "call-09", party: carrierKey, at: "2026-04-07 10:02", recorded: "2026-04-08 21:30", channel: casefile.Phone,
		people: []string{"depot-agent"}, hold: clock(44, 12), holdFirstNoted: clock(30, 0), talk: clock(10, 30),
		retold: 1, number: carrierPhone, failures: []casefile.Failure{"promise_broken", "long_wait", "repeat_story"},
		basis: casefile.Memory,
	},
	{
		key: "call-10", party: storeKey, at: "2026-04-09 12:40", recorded: "2026-04-09 13:35", channel: casefile.Phone,
		people: []string{"teresa-ibarrola"}, hold: clock(33, 8), talk: clock(14, 20), number: storePhone,
		reference: incidentNumber, failures: []casefile.Failure{"long_wait", "blamed", casefile.Helped},
		basis: casefile.Note,
	},
	{
		key: "call-11", party: storeKey, at: "2026-04-22 09:30", recorded: "2026-04-22 10:20", channel: casefile.Phone,
		people: []string{"marcos-alderete"}, hold: clock(31, 47), talk: clock(12, 25), sentTo: insurerKey, number: storePhone,
		reference:  incidentNumber,
		failures:   []casefile.Failure{"promise_broken", "long_wait", "no_owner", "deflected", "no_authority"},
		supervisor: casefile.SupervisorRefused, basis: casefile.Note,
	},
}

// summerCalls are the calls from May to July: the insurer comes in, and all three send on to each other.
var summerCalls = []contact{
	{
		key: "call-12", party: insurerKey, at: "2026-05-05 10:10", recorded: "2026-05-05 11:04", channel: casefile.Phone,
		hold: clock(52, 18), number: insurerPhone,
		failures: []casefile.Failure{"long_wait", "unreachable"}, basis: casefile.PhoneLog,
	},
	{
		key: "call-13", party: insurerKey, at: "2026-05-06 08:35", recorded: "2026-05-06 09:25", channel: casefile.Phone,
		people: []string{"beatriz-lozoya"}, hold: clock(28, 0), talk: clock(14, 5), retold: 1, number: insurerPhone,
		reference: claimNumber, failures: []casefile.Failure{"long_wait", casefile.Helped}, basis: casefile.Note,
	},
	{
		key: "call-14", party: insurerKey, at: "2026-05-18 17:05", recorded: "2026-05-18 17:20", channel: casefile.Phone,
		incoming: true, people: []string{"hector-valdivieso"}, talk: clock(9, 40), number: insurerPhone,
		reference: claimNumber, failures: []casefile.Failure{"slow_remedy"}, basis: casefile.Note,
	},
	{
		key: "call-15", party: carrierKey, at: "2026-05-20 20:28", recorded: "2026-05-20 20:46", channel: casefile.Phone,
		incoming: true, people: []string{"noelia-trujillo"}, talk: clock(11, 15), number: carrierPhone,
		failures: []casefile.Failure{casefile.Helped}, basis: casefile.Note,
	},
	{
		key: "call-16", party: storeKey, at: "2026-06-12 13:20", recorded: "2026-06-12 13:31", channel: casefile.Phone,
		incoming: true, people: []string{"gonzalo-arizmendi"}, talk: clock(6, 30), number: storePhone,
		failures: []casefile.Failure{casefile.Helped}, basis: casefile.Note,
		remedy: &casefile.Remedy{Kind: "apology", Answer: casefile.Accepted, Done: true},
	},
	{
		key: "call-17", party: insurerKey, at: "2026-06-22 10:00", recorded: "2026-06-22 10:50", channel: casefile.Phone,
		people: []string{"carmen-orduna", "pau-recasens"}, hold: clock(24, 36), talk: clock(16, 10), transfers: 2, retold: 1, sentTo: storeKey,
		number: insurerPhone, reference: claimNumber,
		failures:   []casefile.Failure{"promise_broken", "transfer_chain", "repeat_story"},
		supervisor: casefile.SupervisorPutOn, basis: casefile.Note,
	},
	{
		key: "call-18", party: carrierKey, at: "2026-06-30 21:10", recorded: "2026-06-30 21:20", channel: casefile.Phone,
		hold: clock(6, 5), number: carrierPhone,
		failures: []casefile.Failure{"phone_maze", "unreachable"}, basis: casefile.PhoneLog,
	},
	{
		key: "call-19", party: storeKey, at: "2026-07-14 09:45", recorded: "2026-07-14 10:44", channel: casefile.Phone,
		people: []string{"silvia-bordonaba"}, hold: clock(43, 20), talk: clock(9, 30), number: storePhone,
		reference: incidentNumber, failures: []casefile.Failure{"long_wait", "slow_remedy"}, basis: casefile.Note,
		remedy: &casefile.Remedy{Kind: "refund_or_return", Answer: casefile.Accepted, Amount: euros(totalCents)},
	},
	{
		key: "call-20", party: storeKey, at: "2026-07-31 10:30", recorded: "2026-07-31 19:40", channel: casefile.Phone,
		people: []string{"ivan-retamero"}, hold: clock(36, 15), talk: clock(12, 50), retold: 1, number: storePhone,
		reference:  incidentNumber,
		failures:   []casefile.Failure{"promise_broken", "long_wait", "repeat_story", "no_authority"},
		supervisor: casefile.SupervisorNobodyCame, basis: casefile.PhoneLog,
	},
}
