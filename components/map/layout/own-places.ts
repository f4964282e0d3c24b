/** Set in browsers whose map does not lie as a first layout would put it: moved, pinned or grown with its cluster. */
export const ownPlacesCookie = 'oriel-own-places'

const yearSeconds = 31_536_000

export function markOwnPlaces(): void {
  if (document.cookie.includes(`${ownPlacesCookie}=`)) return
  document.cookie = `${ownPlacesCookie}=1; path=/; max-age=${yearSeconds}; samesite=lax`
}
