using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Laurel.Cluster.Tests")]
