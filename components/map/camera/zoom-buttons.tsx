import type { ReactNode } from 'react'

type Props = { onZoom: (factor: number) => void; onFit: () => void; onRelayout: () => void }

/** Zoom, fit and lay out anew. */
export function ZoomButtons({ onZoom, onFit, onRelayout }: Props) {
  return (
    <div data-overlay className="flex flex-col overflow-hidden rounded-md border border-line bg-panel">
      <Tool label="Zoom in" onClick={() => onZoom(1.4)}>
        <path d="M8 3.5v9M3.5 8h9" />
      </Tool>
      <Tool label="Zoom out" onClick={() => onZoom(1 / 1.4)}>
        <path d="M3.5 8h9" />
      </Tool>
      <Tool label="Fit all" onClick={onFit}>
        <path d="M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3" />
      </Tool>
      <Tool label="Lay out anew (pinned nodes stay)" onClick={onRelayout}>
        <path d="M13 8a5 5 0 1 1-1.5-3.6M13 2.5v2.6h-2.6" />
      </Tool>
    </div>
  )
}

const Tool = ({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) => (
  <button
    type="button"
    aria-label={label}
    title={label}
    onClick={onClick}
    className="flex size-7 items-center justify-center border-b border-line text-fg-2 last:border-b-0 hover:bg-hover hover:text-fg"
  >
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      aria-hidden="true"
    >
      {children}
    </svg>
  </button>
)
