package hall

import "math"

// surface is what a ray meets.
type surface struct {
	at, normal vector
	colour     vector // the share of light it gives back
	glow       vector // the light it gives itself
	mirror     float64
	brushed    bool
}

// box stands in the hall, its sides along the axes. paint gives it its look at a place.
type box struct {
	low, high vector
	paint     func(*surface)
	// thin boxes give no shadow: it would only be noise.
	thin bool
}

// group is boxes that stand together, with the box around them: a ray that misses it misses them all.
type group struct {
	around box
	boxes  []box
}

const (
	stairsFrom, stairsLeft = 3.35, 0.95
	wainscot               = 1.12 // the height of the tiles
)

// hallGroups are what stands in the hall.
var hallGroups = []group{
	{boxes: []box{{low: vector{hallLeft, 0.92, 1.75}, high: vector{hallLeft + 0.16, 1.78, 3.55}, paint: paintLetterboxes}}},
	{boxes: []box{
		{low: vector{-0.95, 0, hallFar - 0.06}, high: vector{0.35, 2.18, hallFar}, paint: paintLift},
		{low: vector{0.47, 0.98, hallFar - 0.03}, high: vector{0.57, 1.26, hallFar}, paint: paintCallButton, thin: true},
	}},
	{boxes: []box{
		{low: vector{hallRight - 0.03, 1.28, 1.7}, high: vector{hallRight, 1.92, 2.65}, paint: paintNoticeBoard},
	}},
	{boxes: []box{{
		low: vector{lamp.x - 0.24, 2.64, lamp.z - 0.24}, high: vector{lamp.x + 0.24, hallHeight, lamp.z + 0.24},
		paint: paintLamp, thin: true,
	}}},
	{boxes: stairs()},
}

func init() {
	for i := range hallGroups {
		hallGroups[i].around = hallGroups[i].boxes[0]
		for _, b := range hallGroups[i].boxes {
			hallGroups[i].around.low = hallGroups[i].around.low.least(b.low)
			hallGroups[i].around.high = hallGroups[i].around.high.most(b.high)
		}
	}
}

// stairs are eight steps with an iron bar on each.
func stairs() []box {
	var boxes []box
	for step := range 8 {
		from, top := stairsFrom+0.28*float64(step), 0.17*float64(step+1)
		boxes = append(boxes,
			box{low: vector{stairsLeft, 0, from}, high: vector{hallRight, top, hallFar}, paint: paintStep},
			box{low: vector{stairsLeft + 0.03, top, from + 0.12}, high: vector{stairsLeft + 0.055, top + 0.86, from + 0.145},
				paint: paintIron, thin: true})
	}
	return boxes
}

// firstHit is the surface a ray meets first: a box, else the hall itself.
func firstHit(r ray) surface {
	distance, axis := r.leaves(vector{hallLeft, 0, hallNear}, vector{hallRight, hallHeight, hallFar})
	seen, paint := surface{at: r.at(distance), normal: r.against(axis)}, paintHall
	for i := range hallGroups {
		if !r.meets(hallGroups[i].around.low, hallGroups[i].around.high) {
			continue
		}
		for _, b := range hallGroups[i].boxes {
			if at, axis := r.enters(b.low, b.high); at < distance {
				distance, paint = at, b.paint
				seen = surface{at: r.at(at), normal: r.against(axis)}
			}
		}
	}
	paint(&seen)
	return seen
}

// blocked reports whether something stands within distance along the ray.
func blocked(r ray, distance float64) bool {
	for i := range hallGroups {
		if !r.meets(hallGroups[i].around.low, hallGroups[i].around.high) {
			continue
		}
		for _, b := range hallGroups[i].boxes {
			if b.thin {
				continue
			}
			if at, _ := r.enters(b.low, b.high); at < distance {
				return true
			}
		}
	}
	return false
}

// paintHall paints the empty hall: floor, ceiling or wall.
func paintHall(s *surface) {
	switch {
	case s.normal.y > 0.5:
		paintFloor(s)
	case s.normal.y < -0.5:
		s.colour = vector{0.86, 0.84, 0.79}
	case s.normal.z > 0.5: // the street door behind the photographer, seen in reflections only
		s.colour, s.glow = vector{0.3, 0.3, 0.3}, skyColour.times(0.9)
	default:
		paintWall(s)
	}
}

// paintFloor lays hydraulic tiles: a lozenge in every second one.
func paintFloor(s *surface) {
	const tile = 0.36
	u, v := s.at.x/tile+20, s.at.z/tile+20
	column, row := math.Floor(u), math.Floor(v)
	x, y := u-column-0.5, v-row-0.5
	s.colour = vector{0.66, 0.60, 0.52}
	lozenge := math.Abs(x) + math.Abs(y)
	switch {
	case math.Max(math.Abs(x), math.Abs(y)) > 0.488:
		s.colour = vector{0.36, 0.33, 0.3}
	case lozenge < 0.2:
		s.colour = vector{0.5, 0.22, 0.15}
	case lozenge < 0.42 && int(column+row)%2 == 0:
		s.colour = vector{0.25, 0.33, 0.33}
	case lozenge > 0.8:
		s.colour = vector{0.5, 0.22, 0.15}
	}
	s.colour = s.colour.times(0.92 + 0.16*noise(int(column), int(row), 3))
	s.mirror = 0.07
}

// paintWall is glazed green tiles below a rail, plaster above.
func paintWall(s *surface) {
	along := s.at.z
	if math.Abs(s.normal.z) > 0.5 {
		along = s.at.x
	}
	switch {
	case s.at.y > wainscot+0.05:
		s.colour = vector{0.83, 0.77, 0.66}.times(0.985 + 0.03*noise(int(along*160+900), int(s.at.y*160), 5))
	case s.at.y > wainscot:
		s.colour = vector{0.32, 0.2, 0.12}
	case s.at.y < 0.09:
		s.colour = vector{0.3, 0.28, 0.26}
	default:
		paintGlazedTiles(s, along)
	}
}

func paintGlazedTiles(s *surface, along float64) {
	const width, height = 0.22, 0.11
	row := math.Floor(s.at.y / height)
	u := along/width + 40 + 0.5*math.Mod(row, 2)
	column := math.Floor(u)
	x, y := (u-column)*width, s.at.y-row*height
	if x < 0.004 || y < 0.004 {
		s.colour = vector{0.62, 0.62, 0.56}
		return
	}
	s.colour = vector{0.17, 0.31, 0.27}.times(0.8 + 0.4*noise(int(column), int(row), 4))
	s.mirror = 0.06
}

// paintLetterboxes is three rows of five in brushed steel, with a slot, a lock and a name plate each.
func paintLetterboxes(s *surface) {
	s.colour, s.mirror, s.brushed = vector{0.47, 0.48, 0.49}, 0.12, true
	if s.normal.x < 0.5 {
		s.colour = vector{0.3, 0.31, 0.32}
		return
	}
	const width, height = 0.36, 0.286
	u, v := (s.at.z-1.75)/width, (s.at.y-0.92)/height
	x, y := (u-math.Floor(u))*width, (v-math.Floor(v))*height
	switch {
	case x < 0.008 || x > width-0.008 || y < 0.008 || y > height-0.008:
		s.colour, s.mirror = vector{0.1, 0.1, 0.1}, 0
	case x > 0.05 && x < width-0.05 && y > 0.215 && y < 0.245:
		s.colour, s.mirror = vector{0.04, 0.04, 0.045}, 0
	case x > 0.05 && x < width-0.05 && y > 0.245 && y < 0.252:
		s.colour = vector{0.75, 0.76, 0.77}
	case x > 0.07 && x < 0.21 && y > 0.115 && y < 0.165:
		s.colour, s.mirror = vector{0.85, 0.82, 0.72}, 0
		if y > 0.134 && y < 0.146 && x > 0.085 && x < 0.13+0.06*noise(int(u), int(v), 9) {
			s.colour = vector{0.25, 0.24, 0.24}
		}
	case math.Hypot(x-0.29, y-0.14) < 0.014:
		s.colour, s.mirror = vector{0.6, 0.52, 0.3}, 0.2
	}
}

// paintLift is a frame and two steel leaves.
func paintLift(s *surface) {
	s.colour, s.mirror, s.brushed = vector{0.42, 0.43, 0.45}, 0.24, true
	x, y := s.at.x+0.3, s.at.y // from the middle of the door
	switch {
	case s.normal.z > -0.5 || math.Abs(x) > 0.56 || y > 2.08:
		s.colour, s.mirror = vector{0.16, 0.17, 0.18}, 0.08
	case math.Abs(x) < 0.006:
		s.colour, s.mirror = vector{0.03, 0.03, 0.03}, 0
	default:
		s.colour = s.colour.times(0.93 + 0.14*noise(int((x+2)*420), 1, 6))
	}
}

func paintCallButton(s *surface) {
	s.colour, s.mirror = vector{0.55, 0.56, 0.57}, 0.1
	switch from := math.Hypot(s.at.x-0.52, s.at.y-1.09); {
	case from < 0.018:
		s.glow = vector{1.5, 0.42, 0.08}
	case from < 0.028:
		s.colour = vector{0.12, 0.12, 0.12}
	case s.at.y > 1.16 && s.at.y < 1.21 && math.Abs(s.at.x-0.52) < 0.03:
		s.colour, s.glow = vector{0.02, 0.02, 0.02}, vector{0.35, 0.03, 0.02}
	}
}

// paintNoticeBoard is cork with the papers of the residents' meeting.
func paintNoticeBoard(s *surface) {
	u, v := s.at.z-1.7, s.at.y-1.28
	s.colour = vector{0.5, 0.36, 0.21}.times(0.9 + 0.2*noise(int(u*220), int(v*220), 2))
	sheet := func(left, low, width, height float64) bool {
		return u > left && u < left+width && v > low && v < low+height
	}
	switch {
	case u < 0.03 || u > 0.92 || v < 0.03 || v > 0.61:
		s.colour = vector{0.24, 0.15, 0.09}
	case sheet(0.1, 0.2, 0.24, 0.33), sheet(0.42, 0.14, 0.2, 0.28), sheet(0.68, 0.24, 0.18, 0.26):
		s.colour = vector{0.9, 0.89, 0.85}
		if math.Mod(v, 0.028) < 0.008 && math.Mod(u, 0.31) > 0.06 {
			s.colour = vector{0.55, 0.55, 0.55}
		}
	}
}

func paintLamp(s *surface) {
	s.colour, s.glow = vector{0.9, 0.88, 0.8}, lampColour.times(0.9)
	if s.normal.y > -0.5 {
		s.glow = lampColour.times(0.35)
	}
}

// paintStep is stone with a worn edge.
func paintStep(s *surface) {
	s.colour = vector{0.62, 0.58, 0.52}
	if s.normal.y > 0.5 {
		s.colour, s.mirror = vector{0.7, 0.66, 0.6}, 0.03
	}
}

func paintIron(s *surface) { s.colour, s.mirror = vector{0.06, 0.06, 0.065}, 0.05 }
