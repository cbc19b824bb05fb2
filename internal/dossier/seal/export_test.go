package seal

// AsPart makes Finish claim another part of PDF/A than the third, for a validator that knows no other.
func AsPart(o Options, part int) Options {
	o.part = part
	return o
}
