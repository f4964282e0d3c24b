import './map.css'

/** A still map in the place of the drawn one, until that is there. `svg`: of picture.ts, which escapes what names say. */
export const MapPicture = ({ svg }: { svg: string }) => (
  <output aria-label="Loading the map" data-map-picture className="flex min-h-0 flex-1 touch-none">
    <span
      className="flex min-w-0 flex-1 items-center justify-center px-4 pt-13 pb-12.5"
      dangerouslySetInnerHTML={{ __html: svg }}
    />
  </output>
)
