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
  description = "Region that the service runs in."
  default     = "asia-northeast3"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]{1,2}$", var.region))
    error_message = "The region is a Google Cloud region without a zone letter, such as asia-northeast3 (Seoul)."
  }
}

variable "name" {
  type        = string
  description = "Name of the service; it becomes part of its address."
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "The name has 3 to 32 characters: lower-case letters, digits and hyphens, a letter first, no hyphen last."
  }
}

variable "image" {
  type        = string
  description = "Container image; without one it is Google's sample that says hello. It listens on port 8080."
  default     = "us-docker.pkg.dev/cloudrun/container/hello"
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9-]+-docker\\.pkg\\.dev|([a-z]+\\.)?gcr\\.io|docker\\.io)/[a-z0-9][A-Za-z0-9._/:@-]{1,400}$", var.image))
    error_message = "The image lies where Cloud Run can fetch it and names its registry: *-docker.pkg.dev, gcr.io or docker.io, such as asia-northeast3-docker.pkg.dev/project/repository/image:1.2.0."
  }
}

variable "cpu" {
  type        = string
  description = "CPUs of one instance."
  default     = "1"
  nullable    = false

  validation {
    condition     = contains(["1", "2", "4"], var.cpu)
    error_message = "An instance has 1, 2 or 4 CPUs."
  }
}

variable "memory" {
  type        = string
  description = "Memory of one instance."
  default     = "512Mi"
  nullable    = false

  validation {
    condition     = contains(["512Mi", "1Gi", "2Gi", "4Gi", "8Gi"], var.memory)
    error_message = "An instance has 512Mi, 1Gi, 2Gi, 4Gi or 8Gi of memory."
  }

  validation {
    condition     = var.cpu != "4" || contains(["2Gi", "4Gi", "8Gi"], var.memory)
    error_message = "Google gives 4 CPUs only with 2Gi of memory or more."
  }

  validation {
    condition     = var.memory != "8Gi" || contains(["2", "4"], var.cpu)
    error_message = "Google gives 8Gi of memory only with 2 CPUs or more."
  }
}

variable "scaling" {
  type = object({
    min = optional(number, 0)
    max = optional(number, 3)
  })
  description = "How many instances run at least and at most; at least 0 costs nothing while nobody calls, but the first call waits."
  default     = {}
  nullable    = false

  validation {
    condition     = var.scaling.min >= 0 && var.scaling.min <= 20 && floor(var.scaling.min) == var.scaling.min
    error_message = "At least 0 to 20 instances run, a whole number."
  }

  validation {
    condition     = var.scaling.max >= 1 && var.scaling.max <= 100 && floor(var.scaling.max) == var.scaling.max
    error_message = "At most 1 to 100 instances run, a whole number."
  }

  validation {
    condition     = var.scaling.min <= var.scaling.max
    error_message = "No more instances run at least than run at most."
  }
}

variable "ingress" {
  type        = string
  description = "Where calls may come from: inside the project's networks, from a load balancer too, or from anywhere."
  default     = "internal"
  nullable    = false

  validation {
    condition     = contains(["internal", "load_balancer", "all"], var.ingress)
    error_message = "Calls come from internal, load_balancer or all."
  }
}

variable "env" {
  type        = map(string)
  description = "Environment variables of the container. They are readable in plans and in the console, so no secrets."
  default     = {}
  nullable    = false

  validation {
    condition     = length(var.env) <= 100
    error_message = "There are at most 100 environment variables."
  }

  validation {
    condition     = alltrue([for key in keys(var.env) : can(regex("^[A-Za-z_][A-Za-z0-9_]{0,127}$", key)) && !contains(["PORT", "K_SERVICE", "K_REVISION", "K_CONFIGURATION"], key)])
    error_message = "An environment variable's name has letters, digits and _, no digit first; Cloud Run sets PORT, K_SERVICE, K_REVISION and K_CONFIGURATION itself."
  }

  validation {
    condition     = alltrue([for value in values(var.env) : try(length(value) <= 32768, false)])
    error_message = "An environment variable's value has at most 32,768 characters and is not null."
  }

  validation {
    condition     = alltrue([for key in keys(var.env) : !can(regex("(PASSWORD|PASSWD|SECRET|TOKEN|PRIVATE_KEY|API_KEY)$", upper(key)))])
    error_message = "A name like this is a secret's. Keep it in Secret Manager and let the container fetch it there with the service's own account."
  }
}

variable "invokers" {
  type        = list(string)
  description = "Who may call the service, as IAM writes it, such as serviceAccount:shop@project.iam.gserviceaccount.com."
  default     = []
  nullable    = false

  validation {
    condition     = length(var.invokers) <= 50
    error_message = "There are at most 50 invokers."
  }

  validation {
    condition     = var.public || alltrue([for invoker in var.invokers : !contains(["allusers", "allauthenticatedusers"], lower(invoker))])
    error_message = "allUsers and allAuthenticatedUsers let the whole world call the service. Name people, groups or service accounts, or set public to true if that is meant."
  }

  validation {
    condition     = alltrue([for invoker in var.invokers : can(regex("^(user|group|serviceAccount|domain):[A-Za-z0-9._%+@-]{3,256}$", invoker)) || contains(["allusers", "allauthenticatedusers"], lower(invoker))])
    error_message = "An invoker is user:, group:, serviceAccount: or domain: and then an address or a domain, such as group:shop@example.com."
  }
}

variable "public" {
  type        = bool
  description = "Whether anybody may call the service without signing in, from where ingress lets calls in."
  default     = false
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
