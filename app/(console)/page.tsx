import { MapPage } from '@/components/map/map-page'

export default function Page() {
  return <MapPage />
}
