output "cluster_name" {
  description = "Name of the cluster, for aws eks update-kubeconfig."
  value       = aws_eks_cluster.this.name
}

output "endpoint" {
  description = "Address of the cluster's API."
  value       = aws_eks_cluster.this.endpoint
}

output "oidc_issuer" {
  description = "Issuer of the tokens that pods get, for roles that trust it."
  value       = try(aws_eks_cluster.this.identity[0].oidc[0].issuer, null)
}

output "node_role_arn" {
  description = "ARN of the role that the nodes have."
  value       = aws_iam_role.node.arn
}
