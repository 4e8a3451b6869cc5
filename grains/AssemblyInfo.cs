using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Laurel.Bench")]
