import { bySource } from '../map/panel/witness-words'

/** `Istio (destination), Hubble`: witnesses by their source. */
export const TellersText = ({ witnesses }: { witnesses: readonly string[] }) =>
  bySource(witnesses)
    .map(({ source, sides }) => (sides.length > 0 ? `${source} (${sides.join(', ')})` : source))
    .join(' with ')
