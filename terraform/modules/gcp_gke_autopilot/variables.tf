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
  description = "Region that the cluster runs in, over several of its zones."
  default     = "asia-northeast3"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]{1,2}$", var.region))
    error_message = "The region is a Google Cloud region without a zone letter, such as asia-northeast3 (Seoul)."
  }
}

variable "name" {
  type        = string
  description = "Name of the cluster."
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "The name has 3 to 32 characters: lower-case letters, digits and hyphens, a letter first, no hyphen last."
  }
}

variable "network_id" {
  type        = string
  description = "Network that the cluster is in."
  nullable    = false

  validation {
    condition     = can(regex("^(https://www\\.googleapis\\.com/compute/v1/)?projects/[a-z0-9:.-]+/global/networks/[a-z]([a-z0-9-]*[a-z0-9])?$", var.network_id))
    error_message = "The network is named by its id, such as projects/my-project/global/networks/shop-stg; gcp_network gives it as network_id."
  }
}

variable "subnet_id" {
  type        = string
  description = "Subnet of that network that the nodes are in; it lies in the cluster's region."
  nullable    = false

  validation {
    condition     = can(regex("^(https://www\\.googleapis\\.com/compute/v1/)?projects/[a-z0-9:.-]+/regions/[a-z0-9-]+/subnetworks/[a-z]([a-z0-9-]*[a-z0-9])?$", var.subnet_id))
    error_message = "The subnet is named by its id, such as projects/my-project/regions/asia-northeast3/subnetworks/shop-stg-main; gcp_network gives it in subnet_ids."
  }

  validation {
    condition     = !strcontains(var.subnet_id, "/regions/") || strcontains(var.subnet_id, "/regions/${var.region}/")
    error_message = "The subnet lies in another region than the cluster. Choose a subnet of the cluster's region, or change region."
  }
}

variable "pods_range" {
  type        = string
  description = "Name of the subnet's secondary range for pods; without one Google picks a range."
  default     = null

  validation {
    condition     = var.pods_range == null || can(regex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", var.pods_range))
    error_message = "The range is named, not written out: the name that it has among the subnet's secondary ranges, such as pods."
  }
}

variable "services_range" {
  type        = string
  description = "Name of the subnet's secondary range for services; without one Google picks a range."
  default     = null

  validation {
    condition     = var.services_range == null || can(regex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", var.services_range))
    error_message = "The range is named, not written out: the name that it has among the subnet's secondary ranges, such as services."
  }

  validation {
    condition     = (var.services_range == null) == (var.pods_range == null)
    error_message = "pods_range and services_range are given both or not at all."
  }

  validation {
    condition     = var.services_range == null || var.services_range != var.pods_range
    error_message = "Pods and services have a range each."
  }
}

variable "release_channel" {
  type        = string
  description = "How early the cluster gets new versions of Kubernetes; Google upgrades it by itself."
  default     = "REGULAR"
  nullable    = false

  validation {
    condition     = contains(["RAPID", "REGULAR", "STABLE", "EXTENDED"], var.release_channel)
    error_message = "The release channel is RAPID, REGULAR, STABLE or EXTENDED."
  }
}

variable "private" {
  type        = bool
  description = "Whether the control plane has a private address only; nodes never have another one."
  default     = true
  nullable    = false
}

variable "authorized_cidrs" {
  type        = list(string)
  description = "IPv4 ranges beside the cluster's own subnet that may reach the control plane."
  default     = []
  nullable    = false

  validation {
    condition     = length(var.authorized_cidrs) <= 50
    error_message = "There are at most 50 ranges."
  }

  validation {
    condition     = alltrue([for cidr in var.authorized_cidrs : try(cidrsubnet(cidr, 0, 0) == cidr && !strcontains(cidr, ":"), false)])
    error_message = "Each range is an IPv4 range that starts at its own first address, such as 203.0.113.0/24."
  }

  validation {
    condition     = alltrue([for cidr in var.authorized_cidrs : !can(regex("/[0-7]$", cidr))])
    error_message = "A range larger than a /8 opens the control plane to a large part of the internet. Name the ranges of your offices or of your VPN."
  }

  validation {
    condition     = var.private || length(var.authorized_cidrs) > 0
    error_message = "A control plane with a public address needs at least one range that may reach it."
  }
}

variable "deletion_protection" {
  type        = bool
  description = "Whether Terraform refuses to delete the cluster; to destroy it, apply false first."
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
