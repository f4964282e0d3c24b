import { route } from '@/server/http'
import { seriesView } from '@/server/views/series'

export const GET = route(seriesView)
