variable "project_id" {
  type        = string
  description = "Google Cloud project that everything is made in."
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "The project is named by its id, not its title or number: 6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last."
  }
}

variable "name" {
  type        = string
  description = "Name of the bucket, which nobody else in the world may have taken."
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "The name has 3 to 63 characters: lower-case letters, digits and hyphens, a letter first, no hyphen last."
  }

  validation {
    condition     = !startswith(var.name, "goog") && !strcontains(var.name, "google")
    error_message = "Google keeps names that begin with goog or contain google for itself. Choose another name."
  }
}

variable "location" {
  type        = string
  description = "Region that holds the data; a bucket never moves."
  default     = "asia-northeast3"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]{1,2}$", var.location))
    error_message = "The location is a Google Cloud region in lower case, without a zone letter, such as asia-northeast3 (Seoul)."
  }
}

variable "storage_class" {
  type        = string
  description = "Class of new objects: cheaper to keep means dearer to read, and a longer time that is billed at least."
  default     = "STANDARD"
  nullable    = false

  validation {
    condition     = contains(["STANDARD", "NEARLINE", "COLDLINE", "ARCHIVE"], var.storage_class)
    error_message = "The storage class is STANDARD, NEARLINE, COLDLINE or ARCHIVE."
  }
}

variable "versioning" {
  type        = bool
  description = "Whether objects that are overwritten or deleted stay as older versions."
  default     = true
  nullable    = false
}

variable "expire_days" {
  type        = number
  description = "Days after which objects are deleted, and older versions once they have been replaced as long; 0 keeps them."
  default     = 0
  nullable    = false

  validation {
    condition     = var.expire_days >= 0 && var.expire_days <= 3650 && floor(var.expire_days) == var.expire_days
    error_message = "Objects expire after a whole number of days from 1 to 3650; 0 keeps them."
  }
}

variable "retention_days" {
  type        = number
  description = "Days in which nobody can delete or overwrite an object; 0 is none. It needs versioning to be off."
  default     = 0
  nullable    = false

  validation {
    condition     = var.retention_days >= 0 && var.retention_days <= 3650 && floor(var.retention_days) == var.retention_days
    error_message = "Objects are retained for a whole number of days from 1 to 3650; 0 is none."
  }

  validation {
    condition     = var.retention_days < 1 || !var.versioning
    error_message = "Google refuses a retention time on a bucket that keeps versions. Set versioning to false, or retention_days to 0."
  }

  validation {
    condition     = var.expire_days < 1 || var.retention_days <= var.expire_days
    error_message = "Objects cannot expire before their retention time is over. Raise expire_days or lower retention_days."
  }
}

variable "force_destroy" {
  type        = bool
  description = "Whether destroying the bucket destroys the objects in it too, instead of being refused."
  default     = false
  nullable    = false
}

variable "viewers" {
  type        = list(string)
  description = "Who may read the objects, as IAM writes it, such as group:data@example.com."
  default     = []
  nullable    = false

  validation {
    condition     = length(var.viewers) <= 50
    error_message = "There are at most 50 viewers."
  }

  validation {
    condition     = alltrue([for viewer in var.viewers : !contains(["allusers", "allauthenticatedusers"], lower(viewer))])
    error_message = "A bucket is never public: name people, groups or service accounts instead of allUsers and allAuthenticatedUsers."
  }

  validation {
    condition     = alltrue([for viewer in var.viewers : can(regex("^(user|group|serviceAccount|domain):[A-Za-z0-9._%+@-]{3,256}$", viewer)) || contains(["allusers", "allauthenticatedusers"], lower(viewer))])
    error_message = "A viewer is user:, group:, serviceAccount: or domain: and then an address or a domain, such as group:data@example.com."
  }
}

variable "labels" {
  type        = map(string)
  description = "Labels for everything that takes them, beside those of the platform."
  default     = {}
  nullable    = false

  validation {
    condition     = length(var.labels) <= 40
    error_message = "There are at most 40 labels."
  }

  validation {
    condition     = alltrue([for key in keys(var.labels) : can(regex("^[a-z][a-z0-9_-]{0,62}$", key)) && !startswith(key, "goog-") && !startswith(key, "mcp-")])
    error_message = "A label's key has 1 to 63 lower-case letters, digits, _ or -, a letter first, and does not begin with goog- or mcp-, which are reserved."
  }

  validation {
    condition     = alltrue([for value in values(var.labels) : can(regex("^[a-z0-9_-]{0,63}$", value))])
    error_message = "A label's value has at most 63 lower-case letters, digits, _ or -."
  }
}
