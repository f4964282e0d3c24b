import { route } from '@/server/http'
import { heatView } from '@/server/views/heat'

export const GET = route(heatView)
