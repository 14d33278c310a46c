variable "project_id" {
  type        = string
  description = "Google Cloud project that everything is made in."
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "The project is named by its id, not its title or number: 6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last."
  }
}

variable "region" {
  type        = string
  description = "Region that the database runs in."
  default     = "asia-northeast3"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]{1,2}$", var.region))
    error_message = "The region is a Google Cloud region without a zone letter, such as asia-northeast3 (Seoul)."
  }
}

variable "name" {
  type        = string
  description = "Name of the instance; the database in it is called the same, with _ for hyphens."
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "The name has 3 to 32 characters: lower-case letters, digits and hyphens, a letter first, no hyphen last."
  }

  validation {
    condition     = !contains(["postgres", "template0", "template1", "cloudsqladmin"], var.name)
    error_message = "Every instance has databases named postgres, template0, template1 and cloudsqladmin of its own. Choose another name."
  }
}

variable "network_id" {
  type        = string
  description = "Network that the database has its private address in; it needs private services access."
  nullable    = false

  validation {
    condition     = can(regex("^(https://www\\.googleapis\\.com/compute/v1/)?projects/[a-z0-9:.-]+/global/networks/[a-z]([a-z0-9-]*[a-z0-9])?$", var.network_id))
    error_message = "The network is named by its id, such as projects/my-project/global/networks/shop-stg; gcp_network gives it as network_id."
  }
}

variable "tier" {
  type        = string
  description = "Machine of the instance: the two smallest share a CPU, the others have 1 to 8 CPUs of their own."
  default     = "db-f1-micro"
  nullable    = false

  validation {
    condition     = contains(["db-f1-micro", "db-g1-small", "db-custom-1-3840", "db-custom-2-7680", "db-custom-4-15360", "db-custom-8-30720"], var.tier)
    error_message = "The tier is db-f1-micro, db-g1-small, db-custom-1-3840, db-custom-2-7680, db-custom-4-15360 or db-custom-8-30720."
  }
}

variable "engine_version" {
  type        = string
  description = "Major version of PostgreSQL."
  default     = "17"
  nullable    = false

  validation {
    condition     = contains(["15", "16", "17"], var.engine_version)
    error_message = "PostgreSQL is of version 15, 16 or 17."
  }
}

variable "disk_gb" {
  type        = number
  description = "Size of the SSD in gigabytes; it can grow later but not shrink."
  default     = 10
  nullable    = false

  validation {
    condition     = var.disk_gb >= 10 && var.disk_gb <= 4000 && floor(var.disk_gb) == var.disk_gb
    error_message = "The disk has a whole number of gigabytes from 10 to 4000."
  }
}

variable "ha" {
  type        = bool
  description = "Whether a second machine in another zone stands by; it doubles the price."
  default     = false
  nullable    = false

  validation {
    condition     = !var.ha || startswith(var.tier, "db-custom-")
    error_message = "A standby makes sense only for a machine with CPUs of its own: Google promises nothing for db-f1-micro and db-g1-small. Choose a db-custom tier or set ha to false."
  }
}

variable "backup_days" {
  type        = number
  description = "Daily backups that are kept; within the last seven days any moment can be brought back."
  default     = 7
  nullable    = false

  validation {
    condition     = var.backup_days >= 1 && var.backup_days <= 365 && floor(var.backup_days) == var.backup_days
    error_message = "A whole number of daily backups from 1 to 365 is kept."
  }
}

variable "iam_users" {
  type        = list(string)
  description = "People and service accounts who log in with their Google identity, by e-mail address; there are no passwords."
  default     = []
  nullable    = false

  validation {
    condition     = length(var.iam_users) <= 50
    error_message = "There are at most 50 users."
  }

  validation {
    condition     = alltrue([for user in var.iam_users : can(regex("^[a-z0-9._%+-]+@[a-z0-9-]+\\.[a-z0-9.-]*[a-z]$", user))])
    error_message = "A user is an e-mail address in lower case, without user: or serviceAccount: before it."
  }
}

variable "deletion_protection" {
  type        = bool
  description = "Whether Terraform and Google refuse to delete the instance; to destroy it, apply false first."
  default     = true
  nullable    = false
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
