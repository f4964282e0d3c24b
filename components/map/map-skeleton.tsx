/** Where the map will be: a few regions in outline, seen only when waiting takes more than 200 ms. */
export const MapSkeleton = () => (
  <output aria-label="Loading the map" className="flex flex-1 items-center justify-center gap-16">
    {[120, 168, 132].map((side, i) => (
      <span
        key={side}
        className="skeleton !rounded-[40%]"
        style={{ width: side, height: side * 0.9, marginTop: i % 2 ? 96 : -48 }}
      />
    ))}
  </output>
)
