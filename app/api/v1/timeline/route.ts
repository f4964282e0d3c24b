import { route } from '@/server/http'
import { timelineView } from '@/server/views/timeline'

export const GET = route(timelineView)
