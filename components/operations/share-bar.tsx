/** A share 0..1 as a bar; the figure stands beside it. What is not zero can be seen. */
export const ShareBar = ({ share, bad = false }: { share: number; bad?: boolean }) => (
  <div aria-hidden="true" className="h-[5px] rounded-sm bg-hover">
    <div
      className={`h-full min-w-0.5 rounded-sm ${bad ? 'bg-bad' : 'bg-line-strong'}`}
      style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }}
    />
  </div>
)
