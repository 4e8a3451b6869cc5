using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Laurel.Journeys.Tests")]
