locals {
  # Versions past their standard support on 2026-11-21. Only for these does the cluster agree to pay
  # for extended support; any other is upgraded by AWS when its time is over.
  extended_support = ["1.32", "1.33"]
}

resource "aws_cloudwatch_log_group" "cluster" {
  count = length(var.log_types) > 0 ? 1 : 0

  # EKS writes to this name; a group that it makes itself would keep everything for ever.
  name              = "/aws/eks/${var.name}/cluster"
  retention_in_days = 30

  tags = merge(var.tags, { Name = var.name })

  # When logs are switched off it goes after EKS has stopped writing, which would make it anew.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_eks_cluster" "this" {
  name                      = var.name
  role_arn                  = aws_iam_role.cluster.arn
  version                   = var.kubernetes_version
  enabled_cluster_log_types = var.log_types

  vpc_config {
    subnet_ids              = var.subnet_ids
    endpoint_private_access = true
    endpoint_public_access  = length(var.endpoint_public_cidrs) > 0
    public_access_cidrs     = length(var.endpoint_public_cidrs) > 0 ? var.endpoint_public_cidrs : null
  }

  # Whoever runs Terraform gets no rights inside the cluster.
  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }

  upgrade_policy {
    support_type = contains(local.extended_support, var.kubernetes_version) ? "EXTENDED" : "STANDARD"
  }

  tags = merge(var.tags, { Name = var.name })

  depends_on = [
    aws_cloudwatch_log_group.cluster,
    aws_iam_role_policy_attachment.cluster,
  ]
}

resource "aws_eks_access_entry" "admin" {
  for_each = toset(var.admin_role_arns)

  cluster_name  = aws_eks_cluster.this.name
  principal_arn = each.value

  tags = merge(var.tags, { Name = var.name })
}

resource "aws_eks_access_policy_association" "admin" {
  for_each = toset(var.admin_role_arns)

  cluster_name  = aws_eks_cluster.this.name
  principal_arn = aws_eks_access_entry.admin[each.key].principal_arn
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

  access_scope {
    type = "cluster"
  }
}
