package hall

import "math"

// The hall, in metres.
const (
	hallLeft, hallRight = -1.75, 1.85
	hallHeight          = 2.7
	hallNear, hallFar   = -3.0, 5.6
)

// The lamp on the ceiling and the sun through the glass of the street door, behind the photographer.
var (
	lamp         = vector{-0.15, 2.62, 2.9}
	lampColour   = vector{1.0, 0.86, 0.66}.times(3.1)
	sun          = vector{0.5, 0.62, -1.5}.unit() // towards it
	sunColour    = vector{1.0, 0.78, 0.5}.times(3.4)
	skyColour    = vector{0.62, 0.72, 0.86}
	bounceColour = vector{0.92, 0.8, 0.66}
)

// lightAlong is what comes back along a ray. jitter in [0,1) softens shadows and blurs reflections.
func lightAlong(r ray, jitter float64, bounce int) vector {
	seen := firstHit(r)
	light := lightAt(seen, jitter).times3(seen.colour).plus(seen.glow)
	if seen.mirror == 0 || bounce > 0 {
		return light
	}
	normal := seen.normal
	if seen.brushed { // brushed steel spreads reflections upright
		normal = normal.plus(vector{0, (jitter - 0.5) * 0.3, 0}).unit()
	}
	grazing := 1 - math.Abs(normal.dot(r.direction))
	share := seen.mirror + (1-seen.mirror)*0.6*math.Pow(grazing, 5)
	reflected := r.direction.minus(normal.times(2 * normal.dot(r.direction)))
	if share < 0.1 { // too faint to see
		return light
	}
	image := lightAlong(sight(seen.at.plus(normal.times(1e-4)), reflected), jitter, bounce+1)
	return light.times(1 - share).plus(image.times(share))
}

// lightAt is the light that falls on a place: sky from the street, the walls' bounce, the lamp, the sun.
func lightAt(s surface, jitter float64) vector {
	open := openness(s)
	street := 0.25 + 0.75*math.Exp(-math.Max(s.at.z, 0)/2.6)
	facing := 0.55 - 0.45*s.normal.z
	light := skyColour.times(0.5 * street * facing * open).plus(bounceColour.times((0.20 + 0.1*street) * open))

	towards := lamp.plus(vector{(jitter - 0.5) * 0.5, 0, (math.Mod(jitter*7, 1) - 0.5) * 0.5}).minus(s.at)
	distance := towards.length()
	towards = towards.times(1 / distance)
	if cosine := s.normal.dot(towards); cosine > 0 && !blocked(sight(s.at.plus(s.normal.times(1e-3)), towards), distance) {
		light = light.plus(lampColour.times(cosine / (0.6 + distance*distance)))
	}
	if cosine := s.normal.dot(sun); cosine > 0 {
		if glass := throughGlass(s.at, jitter); glass > 0 &&
			!blocked(sight(s.at.plus(s.normal.times(1e-3)), sun), 20) {
			light = light.plus(sunColour.times(cosine * glass))
		}
	}
	return light
}

// throughGlass is how much sun reaches a place through the four panes of the street door.
func throughGlass(p vector, jitter float64) float64 {
	distance := (p.z - hallNear) / -sun.z
	if distance < 0 {
		return 0
	}
	spread := (jitter - 0.5) * 0.006 * distance
	x, y := p.x+sun.x*distance+spread, p.y+sun.y*distance+spread
	inside := func(value, from, to float64) float64 {
		return math.Min(math.Max(math.Min(value-from, to-value)/0.03+0.5, 0), 1)
	}
	across := inside(x, -0.35, 0.42) + inside(x, 0.5, 1.3)
	upright := inside(y, 0.35, 1.5) + inside(y, 1.6, 3.4)
	return across * upright
}

// openness darkens what lies near a corner, where less of the hall can light it.
func openness(s surface) float64 {
	open := 1.0
	near := func(distance, normal float64) {
		if math.Abs(normal) < 0.5 && distance >= 0 {
			open *= 1 - 0.5*math.Exp(-distance/0.16)
		}
	}
	near(s.at.x-hallLeft, s.normal.x)
	near(hallRight-s.at.x, s.normal.x)
	near(hallFar-s.at.z, s.normal.z)
	near(s.at.y, s.normal.y)
	near(hallHeight-s.at.y, s.normal.y)
	if s.normal.y > 0.5 && s.at.y < 0.01 { // the foot of the stairs
		if distance := math.Max(stairsFrom-s.at.z, stairsLeft-s.at.x); distance > 0 {
			open *= 1 - 0.35*math.Exp(-distance/0.2)
		}
	}
	return open
}
