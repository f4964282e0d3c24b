/** A share 0..1 as a bar; the figure stands beside it. */
export const Bar = ({ share, tone = 'plain' }: { share: number; tone?: 'plain' | 'bad' | 'warn' }) => (
  <div aria-hidden="true" className="mt-1 h-[5px] rounded-sm bg-hover">
    <div
      className={`h-full rounded-sm ${tone === 'bad' ? 'bg-bad' : tone === 'warn' ? 'bg-warn' : 'bg-line-strong'}`}
      style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }}
    />
  </div>
)
