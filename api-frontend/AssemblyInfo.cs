using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Laurel.ApiFrontend.Tests")]
[assembly: InternalsVisibleTo("Laurel.Cluster.Dialects.Tests")]
[assembly: InternalsVisibleTo("Laurel.Bench")]
