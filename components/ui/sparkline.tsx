type Props = {
  values: readonly (number | null)[]
  /** What the line is of; spoken. */
  label: string
  /** What the top stands for at least: less than this never looks large. 0: the greatest value is the top. */
  least?: number
  className?: string
}

/** The path of a small line through values; null breaks it. Zero lies on the ground. One value alone is no course: nothing is drawn. */
export function sparkPath(values: readonly (number | null)[], width: number, height: number, least = 0): string {
  if (values.length === 1) return ''
  const top = values.reduce<number>((most, value) => Math.max(most, value ?? 0), least) || 1
  const step = width / (values.length - 1)
  let drawing = false
  let path = ''
  values.forEach((value, index) => {
    if (value === null) {
      drawing = false
      return
    }
    const x = round(index * step)
    const y = round(height - 1 - (value / top) * (height - 2))
    const isAlone = !drawing && (index === values.length - 1 || values[index + 1] === null)
    // A line of no length is a dot of one pixel, which looks like dirt.
    if (isAlone) path += `M${round(Math.max(0, x - dash))} ${y}L${round(Math.min(width, x + dash))} ${y}`
    else path += `${drawing ? 'L' : 'M'}${x} ${y}`
    drawing = true
  })
  return path
}

/** Half the width of what stands for a value between two gaps. */
const dash = 1.5

const round = (value: number) => Math.round(value * 10) / 10

const width = 100
const height = 18

/** A line as wide as its place. The figure beside it says the amount. */
export function Sparkline({ values, label, least = 0, className = 'text-fg-3' }: Props) {
  return (
    <svg
      role="img"
      aria-label={label}
      width="100%"
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className={`block ${className}`}
    >
      <title>{label}</title>
      <path
        d={sparkPath(values, width, height, least)}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.25"
        vectorEffect="non-scaling-stroke"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
