using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Laurel.Ranking.Tests")]
