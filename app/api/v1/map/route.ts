import { route } from '@/server/http'
import { mapView } from '@/server/views/map'

export const GET = route(mapView)
