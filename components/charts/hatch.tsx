import { useId } from 'react'

/** Hatching for spans without data, as a pattern and the rectangles that wear it. Spans are shares 0..1 of the width. */
export function Hatch({
  spans,
  width,
  height,
}: {
  spans: readonly (readonly [number, number])[]
  width: number
  height: number
}) {
  const id = useId()
  if (spans.length === 0) return null
  return (
    <>
      <defs>
        <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V6" stroke="var(--unknown)" strokeWidth="1.4" />
        </pattern>
      </defs>
      {spans.map(([a, b]) => (
        <rect
          key={a}
          x={a * width}
          y={0}
          width={Math.max(2, (b - a) * width)}
          height={height}
          fill={`url(#${id})`}
          opacity={0.6}
        />
      ))}
    </>
  )
}
