import { formatCount } from '../format'

type Props = { hidden: number; shown: boolean; onChange: (show: boolean) => void }

/** Says that the machines of the cluster are left out of the map, and takes them in or out. */
export function HiddenNodes({ hidden, shown, onChange }: Props) {
  if (hidden === 0 && !shown) return null
  const what = `${formatCount(hidden)} cluster ${hidden === 1 ? 'node' : 'nodes'} hidden`
  return (
    <span data-overlay className="rounded-sm bg-canvas/85 px-1 text-xs whitespace-nowrap text-fg-3">
      {shown ? 'Cluster nodes shown' : what} ·{' '}
      <button
        type="button"
        onClick={() => onChange(!shown)}
        className="rounded-sm text-fg-2 underline-offset-2 hover:underline"
      >
        {shown ? 'Hide' : 'Show'}
      </button>
    </span>
  )
}
