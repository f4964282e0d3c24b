import { Segmented } from '../ui/segmented'
import type { EncryptionState } from './use-encryption-state'

/** What coverage is counted in. */
export const UnitSwitch = ({ state: { unit, setState } }: { state: EncryptionState }) => (
  <Segmented
    label="Unit"
    value={unit}
    onChange={(next) => void setState({ unit: next })}
    options={[
      { value: 'bytes', label: 'Bytes' },
      { value: 'requests', label: 'Requests' },
      { value: 'connections', label: 'Connections' },
    ]}
  />
)
