import { route } from '@/server/http'
import { encryptionTrendView } from '@/server/views/encryption-trend'

export const GET = route(encryptionTrendView)
