import { statusStyle, type Status } from '../../status-mark'

/** A status mark beside a node: colour and shape, drawn at the origin about 9 px wide. */
export function SvgMark({ status }: { status: Status }) {
  const { token, shape } = statusStyle[status]
  const fill = `var(${token})`
  if (shape === 'square') return <rect data-mark={status} x={-4.5} y={-4.5} width={9} height={9} rx={1.5} fill={fill} />
  if (shape === 'triangle') return <path data-mark={status} d="M0 -5.2L5.2 4H-5.2Z" fill={fill} />
  if (shape === 'diamond') return <path data-mark={status} d="M0 -5.5L5.5 0L0 5.5L-5.5 0Z" fill={fill} />
  return (
    <circle
      data-mark={status}
      r={3.4}
      fill={shape === 'ring' ? 'var(--canvas)' : fill}
      stroke={fill}
      strokeWidth={1.4}
    />
  )
}
