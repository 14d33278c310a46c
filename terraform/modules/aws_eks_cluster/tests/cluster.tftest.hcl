mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = {
      arn = "arn:aws:iam::111122223333:role/mock"
    }
  }

  mock_resource "aws_launch_template" {
    defaults = {
      id             = "lt-0a1b2c3d4e5f67890"
      latest_version = 1
    }
  }

  mock_resource "aws_eks_cluster" {
    defaults = {
      endpoint = "https://mock.eks.amazonaws.com"
      identity = [{ oidc = [{ issuer = "https://oidc.eks.mock" }] }]
    }
  }
}

variables {
  name       = "shop-eks"
  subnet_ids = ["subnet-0a1b2c3d4e5f67890", "subnet-0f9e8d7c6b5a43210"]
}

run "the_least_request_gives_a_private_cluster" {
  command = apply

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_private_access && aws_eks_cluster.this.vpc_config[0].endpoint_public_access == false
    error_message = "The API is reached from inside the network only."
  }

  assert {
    condition     = aws_eks_cluster.this.access_config[0].authentication_mode == "API" && aws_eks_cluster.this.access_config[0].bootstrap_cluster_creator_admin_permissions == false && length(aws_eks_access_entry.admin) == 0
    error_message = "Nobody has rights inside it."
  }

  assert {
    condition     = aws_eks_cluster.this.enabled_cluster_log_types == toset(["audit", "authenticator"]) && aws_cloudwatch_log_group.cluster[0].name == "/aws/eks/shop-eks/cluster" && aws_cloudwatch_log_group.cluster[0].retention_in_days == 30
    error_message = "Who does what is logged and kept for 30 days."
  }

  assert {
    condition     = output.cluster_name == "shop-eks" && output.endpoint == "https://mock.eks.amazonaws.com" && output.oidc_issuer == "https://oidc.eks.mock" && output.node_role_arn == "arn:aws:iam::111122223333:role/mock"
    error_message = "Name, address, issuer and the nodes' role are reported."
  }
}

run "nodes_are_closed_and_encrypted" {
  command = plan

  assert {
    condition     = aws_launch_template.nodes.metadata_options[0].http_tokens == "required" && aws_launch_template.nodes.metadata_options[0].http_put_response_hop_limit == 1
    error_message = "The metadata service wants tokens and answers one hop only."
  }

  assert {
    condition     = tobool(aws_launch_template.nodes.block_device_mappings[0].ebs[0].encrypted) && aws_launch_template.nodes.block_device_mappings[0].ebs[0].volume_type == "gp3"
    error_message = "Their disks are encrypted gp3."
  }

  assert {
    condition = toset(keys(aws_iam_role_policy_attachment.node)) == toset([
      "AmazonEKSWorkerNodePolicy",
      "AmazonEKS_CNI_Policy",
      "AmazonEC2ContainerRegistryPullOnly",
    ])
    error_message = "Their role joins the cluster, gives pods addresses and pulls images, no more."
  }
}

run "x86_sizes_get_x86_nodes" {
  command = plan

  assert {
    condition     = aws_eks_node_group.this.ami_type == "AL2023_x86_64_STANDARD" && aws_eks_node_group.this.instance_types == tolist(["t3.medium"])
    error_message = "t3 is x86."
  }
}

run "arm_sizes_get_arm_nodes" {
  command = plan

  variables {
    node_instance_types = ["t4g.large", "m7g.large"]
  }

  assert {
    condition     = aws_eks_node_group.this.ami_type == "AL2023_ARM_64_STANDARD"
    error_message = "t4g and m7g are ARM."
  }
}

run "nodes_stay_within_what_was_asked" {
  command = plan

  variables {
    node_min     = 2
    node_desired = 4
    node_max     = 6
  }

  assert {
    condition     = aws_eks_node_group.this.scaling_config[0].min_size == 2 && aws_eks_node_group.this.scaling_config[0].desired_size == 4 && aws_eks_node_group.this.scaling_config[0].max_size == 6
    error_message = "The three numbers reach the group of nodes."
  }
}

run "listed_ranges_open_the_api" {
  command = plan

  variables {
    endpoint_public_cidrs = ["203.0.113.0/24"]
  }

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_public_access && aws_eks_cluster.this.vpc_config[0].public_access_cidrs == toset(["203.0.113.0/24"])
    error_message = "Only the listed range reaches the API from outside."
  }
}

run "listed_roles_administer" {
  command = plan

  variables {
    admin_role_arns = ["arn:aws:iam::111122223333:role/platform-admin"]
  }

  assert {
    condition     = aws_eks_access_policy_association.admin["arn:aws:iam::111122223333:role/platform-admin"].access_scope[0].type == "cluster" && length(aws_eks_access_entry.admin) == 1
    error_message = "The role administers the whole cluster."
  }
}

run "a_supported_version_never_pays_for_extended_support" {
  command = plan

  assert {
    condition     = aws_eks_cluster.this.version == "1.35" && aws_eks_cluster.this.upgrade_policy[0].support_type == "STANDARD"
    error_message = "1.35 is upgraded when its standard support ends."
  }
}

run "an_old_version_agrees_to_extended_support" {
  command = plan

  variables {
    kubernetes_version = "1.33"
  }

  assert {
    condition     = aws_eks_cluster.this.upgrade_policy[0].support_type == "EXTENDED"
    error_message = "EKS makes 1.33 under extended support only."
  }
}

run "without_logs_there_is_no_log_group" {
  command = plan

  variables {
    log_types = []
    tags      = { team = "payments" }
  }

  assert {
    condition     = length(aws_cloudwatch_log_group.cluster) == 0 && aws_eks_cluster.this.tags == tomap({ team = "payments", Name = "shop-eks" })
    error_message = "Nothing is logged; tags are merged."
  }
}
